// That a budget is spent, in words for the person who asked or for the room that waits. They say when it goes on.
import type { Spender } from './limit-settings'

const SPENT: Readonly<Record<Spender, string>> = {
  guest: 'You have had all the answers that one guest gets in a day.',
  network: 'The guests of your network have had all the answers that they get together in a day.',
  guests: 'All guests together have had all the answers that they get in a day.',
  account: 'You have had all the answers that one account gets in a day.',
  room: 'This room has had all the answers that one room gets in a day.',
  instance: 'Everybody here together has had all the answers that there are in a day.',
}

export function spentInWords(spender: Spender): string {
  return `${SPENT[spender]} The count begins anew at 00:00 UTC.`
}
