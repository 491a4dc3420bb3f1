// Schedules that once found something wrong, and what that was. They are played first, every time.

export const NAMED_SEEDS: ReadonlyMap<number, string> = new Map([
  [2, '[L6] rsc: the catch-up left out a reply in flight, and its place was a hole until the replay came'],
  [3, '[L6] rsc: the same, after a drop in mid-reply'],
  [20, '[L6] rsc: the same, in a room of more than a page'],
  [377574221, '[L7] tinybase: the store was newer than the hello, and what it had been written over was taken for the beginning of the room'],
])
