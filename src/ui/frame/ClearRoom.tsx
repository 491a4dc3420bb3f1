// Removes every message, after asking once: it cannot be undone.
import { useId, useRef } from 'react'
import { Button } from '../basics/Button'

export function ClearRoom({ roomName, onClear }: { readonly roomName: string; readonly onClear: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  return (
    <>
      <Button variant="danger" className="w-full" onClick={() => dialog.current?.showModal()}>
        Clear
      </Button>
      <dialog ref={dialog} aria-labelledby={titleId} className="question">
        <form method="dialog" className="flex flex-col gap-4">
          <h2 id={titleId} className="text-lg font-semibold">
            Clear <bdi>{roomName}</bdi>?
          </h2>
          <p className="leading-relaxed text-muted">Every message goes, for everybody, and cannot be brought back.</p>
          <div className="flex flex-wrap justify-end gap-2">
            <Button type="submit">Cancel</Button>
            <Button type="submit" variant="danger" onClick={onClear}>
              Clear all messages
            </Button>
          </div>
        </form>
      </dialog>
    </>
  )
}
