// One measurement of one or more lanes in this browser: counting from a beginning, and the standard reply asked for at
// the press of a button. Free of React; the figures are read at most so often that reading them costs nothing that counts.
import type { MessageId } from '../conversation/ids'
import { isUnfinished } from '../conversation/message'
import { recordsOf, type RecordOf, type RoomRecord } from '../conversation/record'
import type { RoomClient, RoomState, RowKey } from '../conversation/room-client'
import type { LaneName } from '../lanes/lanes'
import { readAll, type LaneReading } from './figures'
import { LaneMeter } from './lane-meter'

/** Between two readings, ms: smooth enough to watch. */
const READ_EVERY_MS = 120

/** The guide recites this many words; a language model comes close. The same words every time, so that runs compare. */
export const WORDS = 300
const asking = (words: number) => `Write ${words} words about a conversation that reaches everybody.`

export type Phase = 'idle' | 'running' | 'done' | 'failed'

export interface Reading {
  readonly phase: Phase
  /** Why it failed. */
  readonly trouble: string | null
  /** Nobody is answering, and every lane is connected. */
  readonly ready: boolean
  /** Answers that the run calls for. */
  readonly replies: number
  readonly lanes: readonly LaneReading[]
}

/** Asks the question. The rsc lane posts over HTTP, so that no lane's socket carries the receipt. */
export const ASKING_LANE: LaneName = 'rsc'

/** Who answers: the room's first agent, or its first three at the same time, a third of the words each. */
export type Run = 'one' | 'three'

const AT_ONCE = 3

type Asker = Pick<RoomClient<RowKey>, 'post' | 'getState'>

export class Comparison {
  readonly meters: ReadonlyMap<LaneName, LaneMeter>
  private asker: Asker | null = null
  /** The question of the run that goes on, or was the last. */
  private question: MessageId | null = null
  /** Answers that it calls for. */
  private expected = 1
  private began = 0
  private reading: Reading
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly listeners = new Set<() => void>()

  constructor(lanes: readonly LaneName[]) {
    this.meters = new Map(lanes.map((lane) => [lane, new LaneMeter(() => this.changed())]))
    this.reading = this.read()
  }

  get = (): Reading => this.reading

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Begins counting from nothing. */
  reset = (): void => {
    this.question = null
    this.began = performance.now()
    for (const meter of this.meters.values()) meter.reset()
    this.announce()
  }

  /** Whose client asks for the standard reply; answers how to withdraw it. */
  askThrough(asker: Asker): () => void {
    this.asker = asker
    return () => (this.asker = null)
  }

  /** Asks for the standard reply, and counts from now on. */
  run = (run: Run = 'one'): void => {
    if (!this.asker) return
    this.reset()
    const agents = agentsIn(this.asker.getState())
    this.expected = run === 'three' ? AT_ONCE : 1
    this.question = this.asker.post(run === 'three' ? questionToThree(agents) : questionToFirst(agents))
    for (const meter of this.meters.values()) meter.asked(this.question, this.began)
    this.announce()
  }

  private changed(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      this.announce()
    }, READ_EVERY_MS)
  }

  private announce(): void {
    this.reading = this.read()
    for (const listener of this.listeners) listener()
  }

  private read(): Reading {
    const meters = [...this.meters.values()]
    const lanes = readAll(this.meters, this.began)
    // One that waits for people, for a day perhaps, sends nothing meanwhile.
    const answering = meters.some(({ state }) => state?.rows.some(({ status }) => status === 'streaming' || status === 'waiting'))
    const connected = lanes.every((lane) => lane.connected)
    return { ...this.phase(meters), ready: connected && !answering, replies: this.expected, lanes }
  }

  private phase(meters: readonly LaneMeter[]): Pick<Reading, 'phase' | 'trouble'> {
    const { question } = this
    if (question === null) return { phase: 'idle', trouble: null }
    const refusal = this.asker?.getState().pending.find(({ id }) => id === question)?.refusal
    if (refusal) return { phase: 'failed', trouble: refusal.message }
    const answers = meters.map(
      ({ state }) =>
        state?.rows.flatMap(({ message }) => (message.metadata.replyTo === question && message.role === 'assistant' ? [message.metadata] : [])) ?? [],
    )
    const failure = answers.flat().find(({ status }) => status === 'failed' || status === 'interrupted')
    if (failure) return { phase: 'failed', trouble: failure.failure?.text ?? 'The reply broke off.' }
    const done = answers.every((all) => all.length >= this.expected && all.every(({ status }) => !isUnfinished(status)))
    return { phase: done ? 'done' : 'running', trouble: null }
  }
}

type Agents = readonly RecordOf<'agent'>[]

function agentsIn({ records }: Pick<RoomState<RowKey>, 'records'>): Agents {
  return recordsOf(records, 'agent').toSorted((a, b) => a.value.order - b.value.order)
}

/** Said to the room's first agent, unless that one answers everything anyway. */
function questionToFirst([first]: Agents): string {
  return first && first.value.mode !== 'always' ? `@${first.value.handle} ${asking(WORDS)}` : asking(WORDS)
}

function questionToThree(agents: Agents): string {
  return `${agents
    .filter(mayBeAsked)
    .slice(0, AT_ONCE)
    .map(({ value }) => `@${value.handle}`)
    .join(' ')} ${asking(WORDS / AT_ONCE)}`
}

function mayBeAsked({ value }: Agents[number]): boolean {
  return value.mode !== 'off'
}

/** Whether a room has agents enough to ask three at once. */
export function hasThree(records: readonly RoomRecord[]): boolean {
  return recordsOf(records, 'agent').filter(mayBeAsked).length >= AT_ONCE
}
