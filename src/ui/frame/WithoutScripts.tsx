// What a room's page can do where scripts do not run, in words: the browser shows it there, and nowhere else.

export function WithoutScripts() {
  return (
    <noscript>
      <p className="without-scripts">
        Without scripts this page shows what was said up to now. Reload it to see more. You can open other rooms, make one, and change your name here; to write,
        and to see messages as they come, scripts have to run.
      </p>
    </noscript>
  )
}
