// Figures as people read them, in their language's digits.
import { readerLanguage } from '../ui/basics/language'

/** "–" where there is nothing yet. */
export const NOTHING_YET = '–'

/** Such as 812 B, 3.2 kB, 410 kB. */
export function bytesInWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`
  return bytes < 1_000_000 ? `${digits(bytes / 1_000, 100)} kB` : `${digits(bytes / 1_000_000, 100)} MB`
}

/** Such as 0.4 ms, 41 ms, 1,240 ms, 12 s: the same unit as long as lanes are likely to be compared in it. */
export function msInWords(ms: number): string {
  return ms < 10_000 ? `${digits(ms)} ms` : `${digits(ms / 1_000)} s`
}

/** Such as 1.87×. */
export function ratioInWords(ratio: number): string {
  return `${ratio.toLocaleString(readerLanguage(), { minimumFractionDigits: 2, maximumFractionDigits: 2 })}×`
}

/** With one decimal place as long as it says something. */
export function digits(value: number, wholeFrom = 10): string {
  const fraction = value < wholeFrom - 0.05 ? 1 : 0
  return value.toLocaleString(readerLanguage(), { minimumFractionDigits: fraction, maximumFractionDigits: fraction })
}
