// Listens to the consoles of one person's pages. An error, an uncaught exception or a violation of the content security
// policy (which Chromium reports as an error) fails the test that saw it, unless the test expects it.
import type { BrowserContext } from 'playwright-core'

export class Guard {
  private readonly heard: string[] = []
  private readonly expected: RegExp[] = []
  private readonly name: string

  constructor(name: string, context: BrowserContext) {
    this.name = name
    context.on('console', (message) => message.type() === 'error' && this.heard.push(`${message.text()} (${message.location().url})`))
    context.on('weberror', (error) => this.heard.push(String(error.error().stack ?? error.error())))
  }

  expect(pattern: RegExp): void {
    this.expected.push(pattern)
  }

  get troubles(): readonly string[] {
    return this.heard.filter((line) => !this.expected.some((pattern) => pattern.test(line))).map((line) => `${this.name}: ${line}`)
  }
}
