// The time, for a room whose members may be anywhere: in UTC, and it says so.

const ASKS =
  /^(?:(?:please|hey|so|and|do you know|do you have|tell (?:me|us)|can you tell (?:me|us))\s+)*(?:what(?:['’]s|\s+is|\s+are)?\s+)?(?:(?:the|today['’]s|current|local|exact)\s+)*(?:time|date|day|month|year)(?:\s+of\s+the\s+(?:day|week))?(?:\s+(?:and|date|time|is\s+it|it\s+is|is|today|now|right|here|please|in\s+utc))*\W*$/i

/** The time and date when the text asks for them, else null. `clock`: ms since 1970. */
export function timeOfDay(text: string, clock: () => number): string | null {
  if (!ASKS.test(text)) return null
  const now = clock()
  const date = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(now)
  return `It is **${new Date(now).toISOString().slice(11, 16)}** on **${date}**, in UTC. I do not know what time it is where you are.`
}

/** A moment as a list of messages shows it: `3 Mar 14:05`, in UTC. */
export function moment(time: number): string {
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(time)
  return `${day} ${new Date(time).toISOString().slice(11, 16)}`
}
