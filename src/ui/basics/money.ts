// US dollars as people read them: small amounts with as many digits as say something.

/** "$12.40", "$0.0031", "less than $0.0001", "nothing". */
export function money(dollars: number): string {
  if (dollars === 0) return 'nothing'
  if (dollars < 0.0001) return 'less than $0.0001'
  return `$${dollars < 0.1 ? dollars.toFixed(4) : dollars.toFixed(2)}`
}

/** Of several, of some of which the price is not known. Two words that stay together: a column of them is narrow. */
export function moneyOf({ dollars, unpriced, turns }: { readonly dollars: number; readonly unpriced: number; readonly turns: number }): string {
  if (unpriced === 0) return money(dollars)
  return unpriced >= turns ? 'not\u00a0known' : `${money(dollars)} and more`
}
