// So many of something, in words.

/** "1 room", "2 rooms", "1,204 rooms". */
export function counted(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`
}
