// That a budget is spent, in words for the person who asked or for the room that waits. They say when it goes on. `person` and `room`
// of RoomSpender are what a room's owner allows there, the others what the instance does.
import type { RoomSpender } from '../conversation/budgets'
import type { Spender } from './limit-settings'

const SPENT: Readonly<Record<Spender, string>> = {
  guest: 'You have had all the answers that one guest gets in a day.',
  network: 'The guests of your network have had all the answers that they get together in a day.',
  guests: 'All guests together have had all the answers that they get in a day.',
  account: 'You have had all the answers that one account gets in a day.',
  room: 'This room has had all the answers that one room gets in a day.',
  instance: 'Everybody here together has had all the answers that there are in a day.',
}

const SPENT_HERE: Readonly<Record<RoomSpender, string>> = {
  person: 'You have had all the tokens that one person gets in this room in a day.',
  room: 'This room has had all the tokens that its owner gives it for a day.',
}

const UNDER_WAY: Readonly<Record<RoomSpender, string>> = {
  person: 'What agents are answering you now may take all the tokens that you have left in this room today. Ask again when an answer has come.',
  room: 'What agents are answering now may take all the tokens that this room has left today. Ask again when an answer has come.',
}

/** `isUnderWay`: not spent yet, but what is being answered may spend it. */
export function spentHereInWords(spender: RoomSpender, isUnderWay: boolean): string {
  return `${(isUnderWay ? UNDER_WAY : SPENT_HERE)[spender]} The count begins anew at 00:00 UTC.`
}

/** Of a reply that ended because of it. */
export function endedHereInWords(spender: RoomSpender): string {
  return `This answer was stopped: ${spender === 'person' ? 'whoever asked for it has' : 'this room has'} had all the tokens of a day. The count begins anew at 00:00 UTC.`
}

/** Of a reply that is as long as one may be here. */
export function turnEndedInWords(tokens: number): string {
  return `This answer was stopped at ${tokens.toLocaleString('en')} tokens, which is what one turn gets in this room.`
}

export function spentInWords(spender: Spender): string {
  return `${SPENT[spender]} The count begins anew at 00:00 UTC.`
}
