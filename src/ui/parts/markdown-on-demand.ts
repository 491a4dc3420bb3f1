// What reads Markdown is a quarter of a lane's scripts: a browser fetches it once a page can be used, and a server has it.
import { nextTask } from '../basics/next-task'
import { onDemand } from './on-demand'

const known = import.meta.env.SSR ? (await import('./Markdown')).Markdown : null

export const { load: loadMarkdown, use: useMarkdown } = onDemand(known, async () => {
  const { Markdown, warmUp } = await import('./Markdown')
  await nextTask()
  warmUp()
  await nextTask()
  return Markdown
})
