// Every limit on what anybody may take, in one table: docs/limits.md says the same in words. A unit of cost is about a
// millisecond of the server's thread. Sized for an office behind one address: 60 people with three tabs each.
import type { Rate } from './buckets'

/** What one request costs before it is known what it finds, in units. */
export const COST = {
  page: 10,
  /** `/rooms/:room/compare`: three lanes at once. */
  comparison: 30,
  earlier: 10,
  /** A command that comes as a server function. */
  command: 5,
  upgrade: 10,
  /** The plain GET that says why an upgrade would be refused. */
  explanation: 5,
  signIn: 20,
  newRoom: 40,
  rename: 20,
  /** Any other form: sign out, remove a member. */
  form: 10,
  /** An address without anything at it. */
  unknown: 10,
} as const

export type Request = keyof typeof COST

/** A page that holds much costs more: characters of messages that cost one unit. */
const CHARACTERS_PER_UNIT = 10_000

/** What so many characters of messages cost beside the request that asked for them, in units. */
export function costOfReading(characters: number): number {
  return characters / CHARACTERS_PER_UNIT
}

/** Characters or bytes that come in and cost one unit to be read, and looked at. */
const CHARACTERS_PER_UNIT_IN = 4 * 1024

/** What a frame of this length costs, in units of its own: about a tenth of a millisecond each. */
export function costOfFrame(length: number): number {
  return 1 + costOfBody(length)
}

/** What a body of this length costs beside its request, in units. */
export function costOfBody(length: number): number {
  return length / CHARACTERS_PER_UNIT_IN
}

/** What comes in over HTTP, in units; counted by each of the worker's isolates. */
export const REQUESTS = {
  /** 150 pages at once, then five a second. */
  person: { burst: 1_500, perSecond: 50 },
  /** 180 tabs that all load again and connect take half of it. */
  address: { burst: 7_500, perSecond: 200 },
  /** Of an address's, what those may have who are not signed in: sixty people who come in for the first time. */
  strangersOfAddress: { burst: 3_000, perSecond: 60 },
  /** All who are not signed in, together: a crowd of strangers leaves most of the thread to those who are. */
  strangers: { burst: 20_000, perSecond: 500 },
} as const satisfies Record<string, Rate>

/** What a room takes from one person, or where it says so all rooms: over sockets, and what they read of it in whatever way. */
export const OF_PERSON = {
  /** Commands. People need one per second; a script that pastes much gets a wait. */
  commands: { burst: 100, perSecond: 20 },
  /** Pressing Stop. */
  stops: { burst: 5, perSecond: 1 },
  /** Frames of any kind over all rooms, by what they cost: a hundred of the longest messages at once. No client of ours comes near this. */
  frames: { burst: 1_000, perSecond: 100 },
  /** Characters or bytes that are sent to them alone: snapshots, catch-ups, earlier pages. Five pages of the longest messages at once. */
  reading: { burst: 8 * 1024 * 1024, perSecond: 512 * 1024 },
} as const satisfies Record<string, Rate>

/** The same of everybody behind one address together. */
export const OF_ADDRESS = {
  frames: { burst: 4_000, perSecond: 400 },
  reading: { burst: 64 * 1024 * 1024, perSecond: 4 * 1024 * 1024 },
} as const satisfies Record<string, Rate>

/** Sockets in one room, all lanes together. One object is one thread: beyond this the tick no longer fits in 100 ms. */
export const MAX_SOCKETS = 3_000

/**
 * Sockets of one person in one room. Twenty tabs and devices are more than anybody reads, and after a change of networks
 * each may come back before its old socket was found dead. Without this, one person could fill the room.
 */
export const MAX_SOCKETS_OF_PERSON = 40

/** What somebody is to a room: whoever has had a place there for OLD_AFTER_MS is a member of old. */
export type Standing = 'newcomer' | 'old' | 'owner'

export const OLD_AFTER_MS = 24 * 60 * 60 * 1000

/** Up to how many open sockets a room still takes one more, by whose it is: a crowd of newcomers leaves places for the others. */
export const PLACES: Readonly<Record<Standing, number>> = { newcomer: MAX_SOCKETS - 600, old: MAX_SOCKETS - MAX_SOCKETS_OF_PERSON, owner: MAX_SOCKETS }

/** Sockets of one network address in one room. */
export const MAX_SOCKETS_OF_ADDRESS = 300

/** How many times the sockets of an address there are, by whose the next one is. The owner is not asked. */
export const PLACES_AT_ADDRESS: Readonly<Record<Standing, number>> = { newcomer: 1, old: 2, owner: Infinity }

/** A socket from which nothing came for so long, not even a ping, is dead or holds a frame that it does not finish, ms. A browser's hidden tab speaks once a minute. */
export const SILENT_AFTER_MS = 180_000

/** Within what time a new socket must have said something, ms: clients say `ping` when theirs opens. One that has not is nobody's. */
export const FIRST_WORD_MS = 30_000

/** Open sockets over all rooms: the runtime holds up to 32 MiB of an unfinished frame for each. An address as above. */
export const OVER_ALL_ROOMS = { person: 100, address: 400 } as const

/** Per day (UTC), kept by the ledger: they survive a restart. */
export const PER_DAY = {
  signIns: { address: 300, instance: 5_000 },
  newRooms: { person: 50, address: 200, instance: 1_000 },
  /** Bytes that rooms keep of posts: 600 of the longest of one person, more than anybody types in a year. */
  posted: { person: 20_000_000, address: 200_000_000, instance: 2_000_000_000 },
} as const

/** What a room's database may hold, bytes: a million messages. Beyond it nothing is posted until the room is cleared. */
export const MAX_ROOM_BYTES = 1_000_000_000

/** New guests of one address at once, and per second after that; beside PER_DAY. */
export const SIGN_INS: Rate = { burst: 120, perSecond: 0.5 }
/** Other names of one person at once, and per second after that: three a minute. */
export const RENAMES: Rate = { burst: 5, perSecond: 1 / 20 }
/** A name is told in each room where its bearer is: so many rooms count as one name more. */
export const ROOMS_PER_RENAME = 20
/** New rooms of one person at once, and per second after that; beside PER_DAY. */
export const NEW_ROOMS: Rate = { burst: 20, perSecond: 1 / 30 }
