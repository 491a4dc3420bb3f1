// What a browser keeps for us. A storage may be switched off, full or read-only: then nothing is kept, and nothing fails.

/** `session`: of this tab, through reloads. `local`: of this browser. */
export type Keeper = 'session' | 'local'

export function kept(keeper: Keeper, key: string): string | null {
  return attempt(keeper, (storage) => storage.getItem(key))
}

/** Whether it is kept now. */
export function keep(keeper: Keeper, key: string, value: string): boolean {
  return (
    attempt(keeper, (storage) => {
      storage.setItem(key, value)
      return true
    }) ?? false
  )
}

export function removeKept(keeper: Keeper, key: string): void {
  attempt(keeper, (storage) => storage.removeItem(key))
}

export function keysKept(keeper: Keeper): readonly string[] {
  return attempt(keeper, (storage) => Object.keys(storage)) ?? []
}

function attempt<T>(keeper: Keeper, act: (storage: Storage) => T): T | null {
  try {
    return act(keeper === 'session' ? sessionStorage : localStorage)
  } catch {
    return null
  }
}
