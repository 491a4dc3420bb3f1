// One person at a browser, and the parts of a room by the names under which anybody finds them.
import type { BrowserContext, Locator, Page } from 'playwright-core'
import type { RoomId } from '../../../src/conversation/ids'
import type { LaneName } from '../../../src/lanes/lanes'
import type { Guest } from '../../support/guest'
import { waitFor } from '../../support/wait-for'
import type { Guard } from './guard'
import { Sockets } from './sockets'

export type Status = 'pending' | 'waiting' | 'asking' | 'streaming' | 'complete' | 'stopped' | 'interrupted' | 'failed'

export class Person {
  readonly context: BrowserContext
  readonly page: Page
  readonly sockets: Sockets
  private readonly guard: Guard
  private readonly account: Guest | null

  /** `account` is null for a stranger. */
  constructor(account: Guest | null, context: BrowserContext, page: Page, guard: Guard) {
    this.account = account
    this.context = context
    this.page = page
    this.guard = guard
    this.sockets = new Sockets(page)
  }

  get name(): string {
    return this.account?.name ?? 'a stranger'
  }

  get guest(): Guest {
    if (!this.account) throw new Error('a stranger has no account')
    return this.account
  }

  /** Opens a room, and waits until it is live. */
  async enter(room: RoomId, lane: LaneName): Promise<this> {
    await this.page.goto(`/rooms/${room}/${lane}`)
    return this.is('Connected')
  }

  async reload(): Promise<this> {
    await this.page.reload()
    return this.is('Connected')
  }

  /** The same person in another tab. */
  async tab(): Promise<Person> {
    return new Person(this.account, this.context, await this.context.newPage(), this.guard)
  }

  /** Console errors like this are part of the test. */
  expects(pattern: RegExp): this {
    this.guard.expect(pattern)
    return this
  }

  get log(): Locator {
    return this.page.getByRole('log', { name: 'Messages' })
  }

  get articles(): Locator {
    return this.log.getByRole('article')
  }

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: 'Message', exact: true })
  }

  get status(): Locator {
    return this.page.getByRole('status')
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name })
  }

  /** The articles that hold these words. */
  message(words: string): Locator {
    return this.articles.filter({ has: this.page.locator('[data-part="text"]', { hasText: words }) })
  }

  /** The room's replies. */
  get replies(): Locator {
    return this.log.locator('article[data-author-kind="agent"]')
  }

  async say(text: string): Promise<void> {
    await this.composer.fill(text)
    await this.composer.press('Enter')
  }

  async is(connection: 'Connected' | 'Reconnecting' | 'Offline'): Promise<this> {
    await this.status.filter({ hasText: connection }).waitFor()
    return this
  }

  async sees(words: string): Promise<this> {
    await this.message(words).first().waitFor()
    return this
  }

  /** Waits until the room's only reply, or the one with these words, has this status. */
  async seesReply(status: Status, words = ''): Promise<this> {
    await this.replies
      .and(this.message(words))
      .and(this.page.locator(`[data-status="${status}"]`))
      .first()
      .waitFor()
    return this
  }

  /** Waits until no post is on its way and no reply is being spoken. */
  settled(): Promise<this> {
    const open = this.articles.and(this.page.locator('[data-status="pending"], [data-status="streaming"]'))
    return this.until('settled', async () => (await open.count()) === 0)
  }

  async until(what: string, condition: () => Promise<boolean>): Promise<this> {
    await waitFor(`${this.name}: ${what}`, condition)
    return this
  }

  /** Everything the room shows, one line for each message, in a form in which two people can be compared. */
  shown(): Promise<readonly string[]> {
    return this.articles.evaluateAll((articles) =>
      articles.map((article) => {
        const { seq, author, status, messageId } = article.dataset
        return `${seq} ${messageId} ${author} ${status}: ${article.querySelector('[data-part="text"]')?.textContent}`
      }),
    )
  }

  /** What the room's replies say, oldest first. */
  spoken(): Promise<readonly string[]> {
    return this.replies.locator('[data-part="text"]').allTextContents()
  }
}
