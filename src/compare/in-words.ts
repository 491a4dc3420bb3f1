// Figures as people read them. Pure.

/** "–" where there is nothing yet. */
export const NOTHING_YET = '–'

/** Such as 812 B, 3.2 kB, 41 kB. */
export function bytesInWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`
  return bytes < 1_000_000 ? `${digits(bytes / 1_000)} kB` : `${digits(bytes / 1_000_000)} MB`
}

/** Such as 0.4 ms, 41 ms, 1.2 s. */
export function msInWords(ms: number): string {
  return ms < 1_000 ? `${digits(ms)} ms` : `${digits(ms / 1_000)} s`
}

/** Such as 1.87×. */
export function ratioInWords(ratio: number): string {
  return `${ratio.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}×`
}

/** Two digits that count, no more. */
export function digits(value: number): string {
  const fraction = value < 9.95 ? 1 : 0
  return value.toLocaleString('en', { minimumFractionDigits: fraction, maximumFractionDigits: fraction })
}
