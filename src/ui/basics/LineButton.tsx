// A button that stands in a line of small print: words to the eye, 40 px high to a thumb.
import type { ComponentProps } from 'react'

export function LineButton(props: Omit<ComponentProps<'button'>, 'className' | 'type'>) {
  return <button {...props} type="button" className="line-button" />
}
