// Where people write. Nothing typed here is ever lost but by sending it.
import { useEffect, useId, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref, type SubmitEvent } from 'react'
import type { MemberId, RoomId } from '../../conversation/ids'
import { isBlank, MAX_MESSAGE_LENGTH, type Message, withoutEmptyEnds } from '../../conversation/message'
import type { PostMore, PostWhen } from '../../conversation/room-client'
import { matches } from '../basics/browser'
import { Button } from '../basics/Button'
import { toComposer, toMessages } from '../basics/hand-over'
import { Allowance } from './Allowance'
import { beginsLine, sends } from './composer-keys'
import { ComposerNote, type Trouble } from './ComposerNote'
import { useDraft } from './draft'
import { useForecast } from '../forecast/use-forecast'
import { useFilesRefused } from './files-refused'
import { Foretold } from './Foretold'
import { spentOf, useLeft } from './left'
import { targetOf } from './reply-target'
import { ReplyChip } from './ReplyChip'
import { optionId, SuggestionList, suggestionsInWords } from './SuggestionList'
import { useSuggestions } from './use-suggestions'
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
  /** Answers to this person that are under way. */
  readonly asking: number
  readonly onSend: (text: string, more: PostMore) => void
  readonly onStop: () => void
  readonly onTyping: () => void
  readonly handle?: Ref<ComposerHandle>
}

export function Composer({ room, viewer, stoppable, asking, onSend, onStop, onTyping, handle }: ComposerProps) {
  const box = useRef<HTMLTextAreaElement>(null)
  const noteId = useId()
  const hydrated = useHydrated()
  const { text, setText, replying, setReplying } = useDraft(viewer, room.id, box)
  const [cursor, setCursor] = useState<number | null>(null)
  const [composing, setComposing] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [chosen, setChosen] = useState<PostWhen>('after')
  const forecast = useForecast({ text, replyTo: replying?.author ?? null })
  const speaking = forecast?.speaking ?? null
  const left = useLeft(room.id, asking, text !== '')
  const enterSends = useEnterSends()
  // On glass every word is composed; at a desk, what an input method makes is not yet what somebody wrote.
  const suggestions = useSuggestions(viewer, { text, cursor: composing && enterSends ? null : cursor, onTake: replace })
  const tooLong = text.length > MAX_MESSAGE_LENGTH

  useImperativeHandle(
    handle,
    () => ({
      insert(added) {
        setText(text.trim() === '' ? added : `${text}\n\n${added}`)
        box.current?.focus()
      },
      replyTo(message) {
        setReplying(message && targetOf(message))
        box.current?.focus()
      },
    }),
    [text, setText, setReplying],
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

  /** In the place of these characters, as if it had been typed. */
  function replace(start: number, end: number, words: string) {
    const element = box.current
    if (!element) return
    element.focus()
    element.setSelectionRange(start, end)
    insert(element, words, change)
  }

  function noteCursor({ currentTarget: { selectionStart, selectionEnd } }: { readonly currentTarget: HTMLTextAreaElement }) {
    setCursor(selectionStart === selectionEnd ? selectionEnd : null)
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    const { key, shiftKey, altKey, ctrlKey, metaKey, keyCode, nativeEvent } = event
    const press = { key, shiftKey, altKey, ctrlKey, metaKey, keyCode, isComposing: nativeEvent.isComposing }
    if (suggestions?.press(press)) return event.preventDefault()
    if (key === 'Escape' && replying) return setReplying(null)
    const begins = beginsLine(press)
    if (!begins && !sends(press, enterSends)) return
    event.preventDefault()
    if (begins) insert(event.currentTarget, '\n', change)
    else send()
  }

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    send()
    box.current?.focus()
  }

  return (
    <form ref={toMessages} onSubmit={onSubmit} className="relative mx-auto w-full max-w-3xl px-2 sm:px-4">
      <Allowance room={room.id} left={left} />
      <Foretold forecast={forecast} spent={spentOf(left)} />
      {replying ? <ReplyChip target={replying} onRemove={removeReply} /> : null}
      {suggestions ? <SuggestionList suggestions={suggestions} /> : null}
      <p className="sr-only" aria-live="polite">
        {suggestionsInWords(suggestions)}
      </p>
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
          aria-autocomplete="list"
          aria-haspopup="listbox"
          {...(suggestions ? { 'aria-controls': suggestions.id, 'aria-activedescendant': optionId(suggestions.id, suggestions.active) } : {})}
          enterKeyHint={enterSends ? 'send' : 'enter'}
          value={text}
          onChange={(event) => {
            noteCursor(event)
            change(event.target.value)
          }}
          onSelect={noteCursor}
          onBlur={() => setCursor(null)}
          onCompositionStart={() => setComposing(true)}
          onCompositionEnd={() => setComposing(false)}
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

/** In the place of what is selected, as if it had been typed: undoing takes it back. */
function insert(box: HTMLTextAreaElement, words: string, changed: (text: string) => void): void {
  if (document.execCommand('insertText', false, words)) return
  box.setRangeText(words, box.selectionStart, box.selectionEnd, 'end')
  changed(box.value)
}
