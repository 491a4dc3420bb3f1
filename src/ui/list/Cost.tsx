'use client'
// What a reply cost, on demand: a button on its line, which opens one line more.
import { useId, useState } from 'react'
import type { UsageTold } from '../../conversation/usage'
import { numeral } from '../basics/counted'
import { LineButton } from '../basics/LineButton'
import { useHydrated } from '../frame/hydrated'
import { costInWords } from './cost-words'

export function Cost({ usage }: { readonly usage: UsageTold }) {
  const id = useId()
  const hydrated = useHydrated()
  const [isOpen, setOpen] = useState(false)
  const { input, output, cached, reasoning, model } = usage
  return (
    <>
      <LineButton disabled={!hydrated} aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
        Cost
      </LineButton>
      {isOpen ? (
        <p
          id={id}
          data-part="usage"
          data-input-tokens={input}
          data-output-tokens={output}
          data-cached-tokens={cached}
          data-reasoning-tokens={reasoning}
          data-model={model}
          {...(usage.dollars === null ? {} : { 'data-dollars': usage.dollars })}
        >
          {costInWords(usage, numeral)}
        </p>
      ) : null}
    </>
  )
}
