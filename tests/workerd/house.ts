/// <reference types="@cloudflare/vitest-plugin/types" />
// A room of its own for one test, and the ways in: as the web app over RPC, as a client over a socket, and behind the
// scenes into the running object.
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import type { Command } from '../../src/conversation/command'
import { newMessageId, type MemberId, type MessageId, type RoomId } from '../../src/conversation/ids'
import type { Member } from '../../src/conversation/member'
import { textOf, type Message } from '../../src/conversation/message'
import type { Snapshot } from '../../src/conversation/page'
import type { Refusal, Result } from '../../src/conversation/refusal'
import type { SessionMark } from '../../src/conversation/session-mark'
import type { Timeline } from '../../src/conversation/timeline'
import type { LaneName } from '../../src/lanes/lanes'
import type { Access } from '../../src/room/members/members'
import type { RoomParts } from '../../src/room/parts'
import { roomOf, type RoomSurface } from '../../src/room/surface'
import { upgradeRequest } from '../../src/room/sockets/upgrade'
import { waitFor } from '../support/wait-for'
import { stageOf, type Stage, type Voice } from './stage'
import { Watcher } from './watcher'

export const person = (name: string): Member => ({ id: name.toLowerCase() as MemberId, name, kind: 'person' })
/** The owner of every test's room. */
export const ann = person('Ann')
export const bo = person('Bo')

/** What no agent answers: it is said to Ann, who made the room. */
export const aside = (text: string) => `@Ann ${text}`

/** Posts a second that nobody can call too fast, ms apart. */
const UNHURRIED_MS = 200

/** The parts of a room that runs, as `inside` gives it. */
export function partsOf(room: DurableObject): RoomParts {
  return (room as unknown as { readonly parts: RoomParts }).parts
}

interface Write {
  readonly statement: string
  readonly rows: number
}

interface Entry {
  readonly lane?: LaneName
  readonly from?: Timeline
  readonly since?: number | string
  readonly session?: SessionMark
}

/** A session that each person has unless a test gives them another. */
export function sessionOf(who: Member | null, name = 'first', until = Number.MAX_SAFE_INTEGER): SessionMark {
  return { hash: `session-of-${who?.id}-${name}-0000`, until: Math.min(until, 999_999_999_999_999) }
}

let houses = 0

export class House {
  readonly id: RoomId
  readonly stage: Stage
  private readonly watchers: Watcher[] = []

  private constructor(id: RoomId) {
    this.id = id
    this.stage = stageOf(id)
    this.stage.inside = (run) => this.inside(run)
  }

  static async open(access: Access = 'open'): Promise<House> {
    const house = House.named(`room-${++houses}` as RoomId)
    expect(await (await house.room()).create('A room', access, ann)).toEqual({ ok: true })
    await house.connect(ann)
    return house
  }

  /** A room that nobody has made yet, or the lobby. */
  static named(id: RoomId): House {
    return new House(id)
  }

  /** The room as the web app has it. Ask anew after a crash: what was held before is broken. */
  room(): Promise<RoomSurface & { fetch(request: Request): Promise<Response> }> {
    return roomOf(env, this.id)
  }

  async ask(who: Member, command: Command): Promise<Result<{ readonly seq: number } | null>> {
    const room = await this.room()
    await room.enter(who, null)
    return room.command(who.id, command)
  }

  async post(who: Member, text: string, id: MessageId = newMessageId()): Promise<MessageId> {
    expect(await this.ask(who, { type: 'post', id, text })).toMatchObject({ ok: true })
    return id
  }

  /** Posts something that calls for an answer; gives who is to answer. */
  async prompt(text = 'a question'): Promise<Voice> {
    await this.post(ann, text)
    return this.stage.nextVoice()
  }

  /** Fills the room with posts that nobody answers, without haste. */
  async fill(count: number): Promise<void> {
    for (let n = 1; n <= count; n++) {
      this.stage.now += UNHURRIED_MS
      await this.post(ann, aside(`number ${n}`))
    }
  }

  /** What a page of Ann's would show now. */
  async snapshot(): Promise<Snapshot> {
    const opened = await (await this.room()).open(ann, null)
    if (!opened.ok) throw new Error(opened.refusal.message)
    const { snapshot } = opened.value
    if (!snapshot) throw new Error('whoever knows nothing is told everything')
    return snapshot
  }

  async messages(): Promise<readonly Message[]> {
    return (await this.snapshot()).messages
  }

  async texts(): Promise<readonly string[]> {
    return (await this.messages()).map(textOf)
  }

  /** What the storage says, whatever the object holds in memory. */
  rows<T extends Record<string, SqlStorageValue>>(query: string, ...bindings: readonly SqlStorageValue[]): Promise<readonly T[]> {
    return this.inside((_, state) => state.storage.sql.exec<T>(query, ...bindings).toArray())
  }

  /** Counts from now on every statement that writes, and the rows that it wrote, indexes included, as they are billed. */
  async countWrites(): Promise<() => readonly Write[]> {
    const writes: Write[] = []
    await this.inside((_, { storage: { sql } }) => {
      const exec = sql.exec.bind(sql)
      sql.exec = (statement, ...bindings) => {
        const cursor = exec(statement, ...bindings)
        if (cursor.rowsWritten > 0) writes.push({ statement: statement.trim(), rows: cursor.rowsWritten })
        return cursor as never
      }
    })
    return () => writes
  }

  inside<R>(run: (room: DurableObject, state: DurableObjectState) => R | Promise<R>): Promise<R> {
    return runInDurableObject(this.stub(), run)
  }

  // ——— Sockets

  /** As the app asks for a socket; `claims` are headers that the app would never send. */
  async upgrade(who: Member | null, entry: Entry = {}, claims: Readonly<Record<string, string>> = {}): Promise<Response> {
    return (await this.room()).fetch(this.upgradeOf(who, entry, claims))
  }

  upgradeOf(who: Member | null, { lane = 'agents', since, session = sessionOf(who) }: Entry = {}, claims: Readonly<Record<string, string>> = {}): Request {
    const asked = `https://parley.example/rooms/${this.id}/agents/socket${since === undefined ? '' : `?since=${since}`}`
    const request = who
      ? upgradeRequest(this.id, asked, { member: who, lane, session, address: null })
      : new Request(asked, { headers: { upgrade: 'websocket' } })
    const headers = new Headers(request.headers)
    for (const [name, value] of Object.entries(claims)) headers.set(name, value)
    return new Request(request, { headers })
  }

  /** `from` is what the client knew when it left; `since` is what its address says, true or not. */
  async connect(who: Member, entry: Entry = {}): Promise<Watcher> {
    const { from, since = from?.version } = entry
    const response = await this.upgrade(who, { ...entry, ...(since === undefined ? {} : { since }) })
    if (!response.webSocket) throw new Error(`no socket: ${response.status} ${await response.text()}`)
    const watcher = new Watcher(response.webSocket, from)
    this.watchers.push(watcher)
    await watcher.until('a first frame', () => watcher.frames.length > 0)
    return watcher
  }

  /** The status and code with which this person's upgrade is refused. */
  async refusal(who: Member, entry: Entry = {}): Promise<readonly [status: number, code: string]> {
    const response = await this.upgrade(who, entry)
    return [response.status, (await response.json<{ refusal: Refusal }>()).refusal.code]
  }

  /** Closes every socket, and waits until the room has noticed. */
  async leaveAll(): Promise<void> {
    for (const watcher of this.watchers.splice(0)) watcher.close()
    await waitFor('everybody to be gone', async () => (await this.snapshot()).here.every(({ kind }) => kind === 'agent'))
  }

  // ——— What befalls an object

  /** Lets the room sleep: its memory is gone, its sockets stay. */
  evict(): Promise<void> {
    return evictDurableObject(this.stub())
  }

  /** Ends the object in the middle of everything, sockets and all. */
  async crash(): Promise<void> {
    await expect(this.inside((_, state) => state.abort('the room crashed'))).rejects.toThrow('the room crashed')
  }

  /** Lets the heartbeat ring; answers whether one was due. */
  heartbeat(): Promise<boolean> {
    return runDurableObjectAlarm(this.stub())
  }

  /** Waits until nothing keeps the room awake. */
  idle(): Promise<void> {
    return waitFor('the room to be idle', async () => (await this.inside((_, { storage }) => storage.getAlarm())) === null)
  }

  /** Waits until the storage holds this text of the newest message: it was saved. */
  saved(text: string): Promise<void> {
    return waitFor(`“${text}” in the storage`, async () => {
      const [row] = await this.rows<{ parts: string }>('SELECT parts FROM message ORDER BY seq DESC LIMIT 1')
      return row !== undefined && textOf({ parts: JSON.parse(row.parts) as Message['parts'] }) === text
    })
  }

  /** Says this and no more, and waits until the storage holds it. */
  async ended(voice: Voice, text: string): Promise<void> {
    await voice.say(text)
    await voice.done()
    await this.saved(text)
  }

  private stub() {
    return env.ROOM.get(env.ROOM.idFromName(this.id))
  }
}
