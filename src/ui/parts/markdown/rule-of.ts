// A rule of the parser by its name, to be put around or in place of: when an update of the parser has none of that name, all of
// our reading of it is to be looked at again.

/** Throws when there is none. */
export function ruleOf<Rule extends { readonly name: string }>({ __rules__ }: { readonly __rules__: readonly Rule[] }, name: string): Rule {
  const found = __rules__.find((rule) => rule.name === name)
  if (!found) throw new Error(`the parser has no ${name}`)
  return found
}
