// Names of things, branded so that one cannot stand in for another. A string becomes an id only by passing its check.

export type RoomId = string & { readonly brand: 'RoomId' }
export type MemberId = string & { readonly brand: 'MemberId' }
export type MessageId = string & { readonly brand: 'MessageId' }

const ROOM_ID = /^[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?$/
const OPAQUE_ID = /^[A-Za-z0-9_-]{8,64}$/
const MEMBER_ID = /^[A-Za-z0-9_-]{1,64}$/

/** A room's id is its address: 1 to 48 lower-case letters, digits and inner hyphens. */
export function isRoomId(value: unknown): value is RoomId {
  return typeof value === 'string' && ROOM_ID.test(value)
}

/** A member's id: a person's account id, or an agent's handle. */
export function isMemberId(value: unknown): value is MemberId {
  return typeof value === 'string' && MEMBER_ID.test(value)
}

/** A message's id is made by the client that posts it: 8 to 64 characters of A-Z a-z 0-9 _ and -. */
export function isMessageId(value: unknown): value is MessageId {
  return typeof value === 'string' && OPAQUE_ID.test(value)
}

/** 128 bits of chance. `crypto.randomUUID` would do, but browsers keep it from pages that come over plain HTTP. */
export function newMessageId(): MessageId {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('') as MessageId
}

/** The room everybody may enter; it always exists. */
export const LOBBY = 'lobby' as RoomId
