// The list of messages. No hooks: whoever shows it follows its scrolling through the two refs.
import type { ReactNode, Ref } from 'react'
import { LoadEarlierButton } from './LoadEarlierButton'

export interface MessageListProps {
  readonly hasEarlier: boolean
  readonly loadingEarlier: boolean
  readonly isEmpty: boolean
  readonly roomName: string
  /** The list's accessible name; another one where several lists stand on one page. */
  readonly name?: string
  /** Whether additions are read aloud. */
  readonly announced?: boolean
  /** The rows, oldest first; each an article. */
  readonly children?: ReactNode
  readonly scroller?: Ref<HTMLDivElement>
  readonly content?: Ref<HTMLDivElement>
}

export function MessageList({
  hasEarlier,
  loadingEarlier,
  isEmpty,
  roomName,
  name = 'Messages',
  announced = true,
  children,
  scroller,
  content,
}: MessageListProps) {
  // Only whole additions are read aloud: a growing reply is busy until it is complete, and so is the list while an older page arrives.
  return (
    <div
      role="log"
      aria-label={name}
      aria-live={announced ? 'polite' : 'off'}
      aria-relevant="additions"
      aria-busy={loadingEarlier}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the list is scrolled from the keyboard
      tabIndex={0}
      {...(scroller ? { ref: scroller } : {})}
      className="room-log"
    >
      <div {...(content ? { ref: content } : {})} className="room-rows">
        <div className="flex min-h-10 justify-center">
          {hasEarlier ? <LoadEarlierButton loading={loadingEarlier} /> : isEmpty ? null : <Beginning roomName={roomName} />}
        </div>
        {isEmpty ? <Invitation roomName={roomName} /> : children}
      </div>
    </div>
  )
}

function Beginning({ roomName }: { readonly roomName: string }) {
  return (
    <p className="self-center text-center text-sm text-muted">
      This is the beginning of <bdi>{roomName}</bdi>.
    </p>
  )
}

function Invitation({ roomName }: { readonly roomName: string }) {
  return (
    <div className="m-auto flex max-w-sm flex-col items-center gap-2 px-4 pb-16 text-center">
      <svg aria-hidden="true" viewBox="0 0 64 44" className="mb-2 h-14">
        <rect x="27" y="10" width="32" height="32" rx="9" className="fill-agent-soft" />
        <circle cx="22" cy="22" r="20" className="fill-accent-soft" />
        <path d="M14 22h.01M22 22h.01M30 22h.01" strokeWidth="4.5" strokeLinecap="round" className="stroke-accent" />
      </svg>
      <p className="text-lg font-semibold text-balance text-ink">
        Nothing said in <bdi>{roomName}</bdi> yet
      </p>
      <p className="leading-relaxed text-balance text-muted">Say something. Everyone here sees it at once, and the agents in the room can answer.</p>
      <p className="leading-relaxed text-balance text-muted">
        Try “what can you do?”, “remember that we meet on Tuesdays” or “every weekday at 9, what did I miss?”
      </p>
    </div>
  )
}
