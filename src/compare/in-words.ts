// Figures as people read them: digits and units are those of their language, all of them.
import { isolated, readerLanguage } from '../ui/basics/language'

/** "–" where there is nothing yet. */
export const NOTHING_YET = '–'

type Unit = 'byte' | 'kilobyte' | 'megabyte' | 'millisecond' | 'second'

/** Such as 1 byte, 812 bytes, 3.2 kB, 410 kB. */
export function bytesInWords(bytes: number, language = readerLanguage()): string {
  if (bytes < 1_000) return measured(bytes, 'byte', 0, language)
  return bytes < 1_000_000 ? measured(bytes / 1_000, 'kilobyte', 100, language) : measured(bytes / 1_000_000, 'megabyte', 100, language)
}

/** Such as 0.4 ms, 41 ms, 1,240 ms, 12 sec: the same unit as long as lanes are likely to be compared in it. */
export function msInWords(ms: number, language = readerLanguage()): string {
  return ms < IN_SECONDS ? measured(ms, 'millisecond', 10, language) : secondsInWords(ms, language)
}

/** Such as 12 sec. */
export function secondsInWords(ms: number, language = readerLanguage()): string {
  return measured(ms / 1_000, 'second', 10, language)
}

/** Two times, the lesser first and each with its unit when they differ in it: "41 / 120 ms". They stay in this order in every script. */
export function twoTimesInWords(less: number, more: number, language = readerLanguage()): string {
  const isSameUnit = less < IN_SECONDS === more < IN_SECONDS
  const first = isSameUnit ? digits(less < IN_SECONDS ? less : less / 1_000, 10, language) : msInWords(less, language)
  return `${isolated(first)} / ${isolated(msInWords(more, language))}`
}

/** Such as 1.87×. */
export function ratioInWords(ratio: number, language = readerLanguage()): string {
  return `${ratio.toLocaleString(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 })}×`
}

const IN_SECONDS = 10_000

function measured(value: number, unit: Unit, wholeFrom: number, language: string): string {
  // In short, English has "812 byte".
  return value.toLocaleString(language, { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short', ...places(value, wholeFrom) })
}

function digits(value: number, wholeFrom: number, language: string): string {
  return value.toLocaleString(language, places(value, wholeFrom))
}

/** One decimal place as long as it says something. */
function places(value: number, wholeFrom: number): Intl.NumberFormatOptions {
  const fraction = value < wholeFrom - 0.05 ? 1 : 0
  return { minimumFractionDigits: fraction, maximumFractionDigits: fraction }
}
