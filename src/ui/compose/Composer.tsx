// Where people write. Nothing typed here is ever lost but by sending it.
import { useEffect, useId, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref, type SubmitEvent } from 'react'
import type { MemberId, RoomId } from '../../conversation/ids'
import { isBlank, type Message, MAX_MESSAGE_LENGTH, withoutEmptyEnds } from '../../conversation/message'
import type { PostMore, PostWhen } from '../../conversation/room-client'
import { matches } from '../basics/browser'
import { Button } from '../basics/Button'
import { toComposer, toMessages } from '../basics/hand-over'
import { beginsLine, sends } from './composer-keys'
import { ComposerNote, type Trouble } from './ComposerNote'
import { useDraft } from './draft'
import { useForecast } from '../forecast/use-forecast'
import { useFilesRefused } from './files-refused'
import { Foretold } from './Foretold'
import { ReplyChip } from './ReplyChip'
import { WhenChoice } from './WhenChoice'
import { useEnterSends } from './typist'
import { useHydrated } from '../frame/hydrated'
import { Icon } from '../basics/Icon'

export interface ComposerHandle {
  /** Puts a text back, after what is already there. */
  insert(text: string): void
  /** Chooses the message that the next one replies to. */
  replyTo(message: Message | null): void
}

export interface ComposerProps {
  readonly room: { readonly id: RoomId; readonly name: string }
  readonly viewer: MemberId
  /** An agent is answering, and this person may stop it. */
  readonly stoppable: boolean
  readonly onSend: (text: string, more: PostMore) => void
  readonly onStop: () => void
  readonly onTyping: () => void
  readonly handle?: Ref<ComposerHandle>
}

export function Composer({ room, viewer, stoppable, onSend, onStop, onTyping, handle }: ComposerProps) {
  const box = useRef<HTMLTextAreaElement>(null)
  const noteId = useId()
  const hydrated = useHydrated()
  const [text, setText] = useDraft(viewer, room.id, box)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [replying, setReplying] = useState<Message | null>(null)
  const [chosen, setChosen] = useState<PostWhen>('after')
  const forecast = useForecast({ text, replyTo: replying?.metadata.author ?? null })
  const speaking = forecast?.speaking ?? null
  const enterSends = useEnterSends()
  const tooLong = text.length > MAX_MESSAGE_LENGTH

  useImperativeHandle(
    handle,
    () => ({
      insert(added) {
        setText(text.trim() === '' ? added : `${text}\n\n${added}`)
        box.current?.focus()
      },
      replyTo(message) {
        setReplying(message)
        box.current?.focus()
      },
    }),
    [text, setText],
  )

  useEffect(() => {
    // On a touch screen a focused box would open the keyboard over the messages.
    if (matches('(hover: hover) and (pointer: fine)')) box.current?.focus({ preventScroll: true })
  }, [])

  useEffect(() => {
    const element = box.current
    if (!element || CSS.supports('field-sizing', 'content')) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight}px`
  })

  useFilesRefused(box, () => setTrouble('files'))

  function send() {
    setTrouble(isBlank(text) ? 'empty' : null)
    if (tooLong || isBlank(text)) return
    const when = speaking?.mayInterrupt ? chosen : 'after'
    onSend(withoutEmptyEnds(text), { ...(replying ? { replyTo: replying.id } : {}), ...(speaking ? { when } : {}) })
    setText('')
    setReplying(null)
    setChosen('after')
  }

  function removeReply() {
    setReplying(null)
    box.current?.focus()
  }

  function change(next: string) {
    setText(next)
    setTrouble(null)
    if (next !== '') onTyping()
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    const { key, shiftKey, altKey, ctrlKey, metaKey, keyCode, nativeEvent } = event
    if (key === 'Escape' && replying) return setReplying(null)
    const press = { key, shiftKey, altKey, ctrlKey, metaKey, keyCode, isComposing: nativeEvent.isComposing }
    const begins = beginsLine(press)
    if (!begins && !sends(press, enterSends)) return
    event.preventDefault()
    if (begins) insertLine(event.currentTarget, change)
    else send()
  }

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    send()
    box.current?.focus()
  }

  return (
    <form ref={toMessages} onSubmit={onSubmit} className="mx-auto w-full max-w-3xl px-2 sm:px-4">
      <Foretold forecast={forecast} />
      {replying ? <ReplyChip message={replying} onRemove={removeReply} /> : null}
      <div className="composer">
        <textarea
          ref={box}
          aria-label="Message"
          dir="auto"
          aria-describedby={noteId}
          aria-invalid={tooLong}
          rows={1}
          placeholder={`Message ${room.name}`}
          autoComplete="off"
          enterKeyHint={enterSends ? 'send' : 'enter'}
          value={text}
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {stoppable ? (
          <Button ref={toComposer} disabled={!hydrated} onClick={onStop} className="px-3">
            <Icon name="stop" className="size-4 fill-current" />
            Stop
          </Button>
        ) : null}
        <Button type="submit" variant="primary" disabled={!hydrated} className="px-3 sm:px-4">
          <Icon name="send" className="size-4" />
          {/* Beside Stop, a phone has no room for the word. */}
          <span className={stoppable ? 'max-sm:sr-only' : ''}>Send</span>
        </Button>
      </div>
      <ComposerNote
        id={noteId}
        length={text.length}
        trouble={trouble}
        enterSends={enterSends}
        choice={speaking && !isBlank(text) ? <WhenChoice speaking={speaking} chosen={speaking.mayInterrupt ? chosen : 'after'} onChoose={setChosen} /> : null}
      />
    </form>
  )
}

/** Where the cursor is, as if it had been typed: undoing takes it back. */
function insertLine(box: HTMLTextAreaElement, changed: (text: string) => void): void {
  if (document.execCommand('insertText', false, '\n')) return
  box.setRangeText('\n', box.selectionStart, box.selectionEnd, 'end')
  changed(box.value)
}
