// How the figures come about, for whoever doubts them. Hook-free.

export function Method() {
  return (
    <details className="group text-xs leading-relaxed text-muted" open>
      <summary className="font-medium text-ink">How this is measured</summary>
      <ul className="mt-1.5 flex flex-col gap-1.5">
        <li>Each pane is a real client of its lane in this tab, with a socket of its own.</li>
        <li>Bytes are the payloads of that socket’s frames, before any compression. The question goes over HTTP, so no socket carries its receipt.</li>
        <li>Times are of text in the document; the screen follows with its next frame. The panes share one thread, so each waits a moment for the others.</li>
        <li>Script time runs from a frame’s arrival until React has put it into the document. Painting is not in it.</li>
        <li>
          Whoever’s frame comes first finds the page asleep and pays for waking it. So times within a quarter of the best count as equal, sizes within 2 %.
        </li>
      </ul>
    </details>
  )
}
