// Numbers, and so many of something, in words. Digits and their groups are those of the reader's language; what is said in
// words is English, as the interface is.
import { INTERFACE, readerLanguage } from './language'

/** Made when it is first asked: what `Intl` has costs a browser some milliseconds each. */
let plural: Intl.PluralRules | undefined

/** "1 room", "2 rooms", "1,204 rooms"; digits as in `language`, the reader's when left out. */
export function counted(count: number, what: string, language = readerLanguage()): string {
  plural ??= new Intl.PluralRules(INTERFACE)
  return `${numeral(count, language)} ${plural.select(count) === 'one' ? what : `${what}s`}`
}

/** "1,204"; "1.204" for a reader of German. `value` is whole. English is written without `Intl`, which a page that is being taken over cannot wait for. */
export function numeral(value: number, language = readerLanguage()): string {
  return language === INTERFACE ? String(value).replaceAll(/\B(?=(?:\d{3})+$)/g, ',') : value.toLocaleString(language)
}
