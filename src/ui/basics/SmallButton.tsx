// The button that stands inside a message: quiet to the eye, 40 px high to a thumb.
import type { ComponentProps } from 'react'

export function SmallButton(props: Omit<ComponentProps<'button'>, 'className' | 'type'>) {
  return <button {...props} type="button" className="small-button" />
}
