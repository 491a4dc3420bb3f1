// Whether scripts are running this page yet. A button that needs them is disabled until then, so that no click is lost.
import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** False on the server and while React hydrates, true from then on. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
