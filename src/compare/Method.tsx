// How the figures come about, for whoever doubts them. Hook-free.

export function Method() {
  return (
    <details className="text-xs leading-snug text-muted" open>
      <summary className="font-medium text-ink">How this is measured</summary>
      <ul className="mt-1.5 flex flex-col gap-1.5">
        <li>Each pane is a real client in this tab, with a socket of its own.</li>
        <li>Sizes are the socket’s payloads, uncompressed. The question goes over HTTP, so no socket carries its receipt.</li>
        <li>Script time: from a frame’s arrival until React has put it into the document, painting not included.</li>
        <li>
          The panes share one thread, so each waits a moment for the others, and whoever is first finds the page cold. Times within a quarter of the best count
          as equal, sizes within 2 %.
        </li>
      </ul>
    </details>
  )
}
