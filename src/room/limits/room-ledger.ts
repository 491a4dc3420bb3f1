// A room's talk with the instance's ledger, and what it learned there of the people in it. Invariants: while the ledger
// cannot be had, what it would limit is not; and nobody waits for it longer than PATIENCE_MS, but a turn for leave to call its model.
import type { MemberId, RoomId } from '../../conversation/ids'
import { accept, type Refusal, type Result } from '../../conversation/refusal'
import type { Left, LedgerSurface, SocketPlace } from '../../limits/ledger-surface'
import type { Standing } from '../../limits/limits'
import type { AnswerBudget, Space } from '../commands/posting'
import { Allowances } from './allowances'
import { PostSpace } from './post-space'
import { Whereabouts } from './whereabouts'

/** How long anybody waits for what the ledger would say, ms: longer than an answer from around the world takes, shorter than people put up with. */
const PATIENCE_MS = 2_000

export interface RoomLedgerPort {
  room(): RoomId
  /** Null where nothing is counted beyond the room. */
  ledger(): LedgerSurface | null
  /** Whether posts are counted, where there is a ledger. */
  readonly countsPosts: boolean
  /** Whether the answers of one of the room's agents cost anything; of null, of any of them. */
  isMetered(agent: MemberId | null): boolean
  /** What this room's database holds, bytes. */
  size(): number
  /** Server time, ms since 1970. */
  now(): number
  /** Lets this go on when the request that began it has ended. */
  keep(work: Promise<unknown>): void
}

export class RoomLedger {
  private readonly allowances = new Allowances()
  private readonly whereabouts = new Whereabouts()
  private readonly postSpace: PostSpace
  private readonly port: RoomLedgerPort

  constructor(port: RoomLedgerPort) {
    this.port = port
    this.postSpace = new PostSpace({
      isCounting: () => port.countsPosts && port.ledger() !== null,
      size: () => port.size(),
      report: (posted) => this.asked('what was posted could not be counted', (ledger) => ledger.posted(posted)),
      keep: (work) => port.keep(work),
    })
  }

  /** What somebody may still ask of a model today, as far as is known here. */
  readonly budget: AnswerBudget = {
    refuse: (person: MemberId, agents: readonly MemberId[]): Refusal | null => {
      const paid = this.paidBy(agents)
      return paid > 0 ? this.allowances.refuse(person, paid, this.port.now()) : null
    },
    use: (person: MemberId, agents: readonly MemberId[]): void => this.allowances.use(person, this.paidBy(agents)),
  }

  /** What may still be kept of somebody's posts, as far as is known here. */
  readonly space: Space = {
    refuse: (person: MemberId, bytes: number): Refusal | null => this.postSpace.refuse(person, bytes, this.port.now()),
    use: (person: MemberId, bytes: number): void => this.postSpace.use(person, this.whereabouts.of(person), bytes),
  }

  /** From where this person asks for something now. */
  note(person: MemberId, address: string | null): void {
    this.whereabouts.note(person, address)
  }

  /** Tells of all the sockets of a room that wakes, and learns what its sleep made it forget of their people. */
  async present(sockets: readonly Omit<SocketPlace, 'room'>[]): Promise<void> {
    for (const { person, address } of sockets) this.note(person, address)
    await this.inTime(
      this.asked('the sockets of a room could not be counted', async (ledger) => {
        const left = await ledger.present(this.port.room(), sockets)
        for (const [n, { person }] of sockets.entries()) this.learnFirst(person, left[n])
      }),
    )
  }

  /** Learns what somebody may do who asks for something without a socket here. */
  async meet(person: MemberId, address: string | null): Promise<void> {
    if (this.allowances.knows(person) && this.postSpace.knows(person)) return
    await this.inTime(
      this.asked('what somebody may do could not be learned', async (ledger) => this.learnFirst(person, await ledger.left(this.place(person, address)))),
    )
  }

  /** Counts one more socket over all rooms. Refuses: too_many_sockets. */
  async openSocket(person: MemberId, address: string | null, standing: Standing): Promise<Result> {
    const counted = await this.inTime(this.asked('a socket could not be counted', (ledger) => ledger.openSocket(this.place(person, address), standing)))
    if (!counted) return accept(undefined)
    if (!counted.ok) return counted
    this.allowances.learn(person, counted.value.answers)
    this.postSpace.learn(person, counted.value.posts)
    return accept(undefined)
  }

  closeSocket(person: MemberId, address: string | null): void {
    this.port.keep(this.asked('a socket could not be uncounted', (ledger) => ledger.closeSocket(this.place(person, address))))
  }

  /** Leave for one call of a model, out of the instance's budget of whoever asked for it; null where nobody did. Answers with a function to be told what it took. */
  async grant(person: MemberId | null, tokens: number): Promise<Result<(took: number) => void>> {
    const ledger = this.port.ledger()
    if (!ledger || person === null) return accept(() => {})
    const place = this.place(person, this.whereabouts.of(person))
    const reserved = await ledger.reserve(place, tokens)
    if (!reserved.ok) {
      const left = await this.inTime(this.asked('what is left could not be learned', () => ledger.left(place)))
      if (left) this.allowances.learn(person, left.answers)
      return reserved
    }
    this.allowances.lower(person, reserved.value.left)
    return accept((took) => this.port.keep(this.asked('what an answer took could not be counted', () => ledger.settle(reserved.value, took))))
  }

  /** Answers that somebody may still ask for today, by the instance; null where that is not counted, or cannot be learned now. */
  async answersLeft(person: MemberId, address: string | null): Promise<number | null> {
    if (!this.port.isMetered(null)) return null
    const left = await this.inTime(this.asked('what is left could not be learned', (ledger) => ledger.left(this.place(person, address))))
    return left?.answers.calls ?? null
  }

  /** How many of these agents' answers somebody pays for: the guide's, nobody [R62]. */
  private paidBy(agents: readonly MemberId[]): number {
    return agents.filter((agent) => this.port.isMetered(agent)).length
  }

  /** An answer that came late knows no more than what was learned meanwhile. */
  private learnFirst(person: MemberId, left: Left | undefined): void {
    if (!left) return
    if (!this.allowances.knows(person)) this.allowances.learn(person, left.answers)
    if (!this.postSpace.knows(person)) this.postSpace.learn(person, left.posts)
  }

  private place(person: MemberId, address: string | null): SocketPlace {
    return { room: this.port.room(), person, address }
  }

  /** Asks the ledger; null where there is none, or it cannot be had. */
  private async asked<T>(what: string, question: (ledger: LedgerSurface) => Promise<T>): Promise<T | null> {
    const ledger = this.port.ledger()
    if (!ledger) return null
    return question(ledger).catch((cause: unknown) => {
      console.error(what, { room: this.port.room() }, cause)
      return null
    })
  }

  /** The answer, or null when it takes too long; it is heard all the same when it comes. */
  private async inTime<T>(answer: Promise<T | null>): Promise<T | null> {
    this.port.keep(answer)
    let timer: ReturnType<typeof setTimeout> | undefined
    const patience = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), PATIENCE_MS)
    })
    return Promise.race([answer, patience]).finally(() => clearTimeout(timer))
  }
}
