// The lanes there are.
export const LANES = ['rsc', 'agents', 'tinybase'] as const

export type LaneName = (typeof LANES)[number]

export function isLaneName(value: unknown): value is LaneName {
  return LANES.some((lane) => lane === value)
}
