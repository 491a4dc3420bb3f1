// Rows are rendered alike but for a few: a page's document names each rendering once, and of the rows only which of them it is.
import type { ReactNode } from 'react'

export interface DistinctNodes {
  readonly distinct: readonly ReactNode[]
  /** For each row, its place in `distinct`. */
  readonly rows: readonly number[]
}

export function distinctNodes(nodes: readonly ReactNode[]): DistinctNodes {
  const places = new Map<ReactNode, number>()
  const rows = nodes.map((node) => {
    const place = places.get(node) ?? places.size
    places.set(node, place)
    return place
  })
  return { distinct: [...places.keys()], rows }
}

export function allNodes({ distinct, rows }: DistinctNodes): readonly ReactNode[] {
  return rows.map((place) => distinct[place])
}
