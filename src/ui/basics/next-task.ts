/** A task of its own for what follows: what a click comes to wait for is the task that runs. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve)
  })
}
