'use client'
// One room through all three lanes at once, and what each of them costs this browser.
import { useState } from 'react'
import { AgentsRoom } from '../lanes/agents/RoomClient'
import type { LaneRoomProps } from '../lanes/client/lane-room-props'
import { LANES } from '../lanes/lanes'
import { MeteringContext } from '../lanes/client/metering'
import type { Nodes } from '../lanes/rsc/flight'
import { RscRoom } from '../lanes/rsc/RoomClient'
import { TinybaseRoom } from '../lanes/tinybase/RoomClient'
import { Icon } from '../ui/basics/Icon'
import { CompareFigures } from './CompareFigures'
import { Comparison, hasThree } from './comparison'
import { ComparisonContext } from './comparison-context'
import { LanePane } from './LanePane'
import { Method } from './Method'
import { Outcome } from './Outcome'
import { RunButtons } from './RunButtons'

export interface CompareRoomProps extends Pick<LaneRoomProps, 'room' | 'viewer' | 'initial'> {
  /** The rsc lane's rendering of the initial page; left out when it is in the document. */
  readonly nodes?: Nodes
  /** The address of the room itself. */
  readonly back: string
}

export function CompareRoom({ nodes, back, ...room }: CompareRoomProps) {
  const [comparison] = useState(() => new Comparison(LANES))
  const props = { ...room, view: LanePane, rooms: [], lanes: [], newRoomAction: '' }
  return (
    <ComparisonContext value={comparison}>
      <main className="flex min-h-dvh flex-col bg-surface text-ink md:h-dvh md:overflow-y-auto">
        <header className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-3 pt-[calc(0.75rem+env(safe-area-inset-top))] pb-3 md:px-5">
          <div className="min-w-0 flex-1 basis-80">
            <a href={back} className="-ml-1 inline-flex min-h-7 max-w-full items-center gap-0.5 rounded-md px-1 text-sm text-muted hover:text-ink">
              <Icon name="chevron" className="size-4 rotate-180" />
              <span className="name truncate">{room.room.name}</span>
            </a>
            <h1 className="text-2xl leading-tight font-semibold tracking-tight text-balance md:text-[1.75rem]">One room, three sync engines</h1>
            <Outcome />
          </div>
          <RunButtons hasThree={hasThree(room.initial.records)} />
        </header>
        <CompareFigures />
        <div className="compare-panes">
          <MeteringContext value={comparison.meters.get('rsc') ?? null}>
            <RscRoom {...props} {...(nodes ? { nodes } : {})} />
          </MeteringContext>
          <MeteringContext value={comparison.meters.get('agents') ?? null}>
            <AgentsRoom {...props} />
          </MeteringContext>
          <MeteringContext value={comparison.meters.get('tinybase') ?? null}>
            <TinybaseRoom {...props} />
          </MeteringContext>
          <aside aria-label="About the figures" className="compare-aside flex flex-col gap-3 px-3 py-3 md:px-5">
            <Method />
          </aside>
        </div>
      </main>
    </ComparisonContext>
  )
}
