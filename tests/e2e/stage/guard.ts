// Listens to the consoles of one person's pages. An error, an uncaught exception or a violation of the content security
// policy (which Chromium reports as an error) fails the test that saw it, unless the test expects it.
import type { BrowserContext } from 'playwright-core'

export class Guard {
  readonly context: BrowserContext
  private heard: string[] = []
  private expected: RegExp[] = []
  private readonly name: string

  constructor(name: string, context: BrowserContext) {
    this.name = name
    this.context = context
    context.on('console', (message) => message.type() === 'error' && this.heard.push(`${message.text()} (${message.location().url})`))
    context.on('weberror', (error) => this.heard.push(String(error.error().stack ?? error.error())))
  }

  expect(pattern: RegExp): void {
    this.expected.push(pattern)
  }

  /** What was not expected, once. */
  take(): readonly string[] {
    const troubles = this.heard.filter((line) => !this.expected.some((pattern) => pattern.test(line)))
    this.heard = []
    this.expected = []
    return troubles.map((line) => `${this.name}: ${line}`)
  }
}
