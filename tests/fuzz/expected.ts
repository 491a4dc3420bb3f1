// What must be true of a room when all is quiet.
import { promptsOf } from '../../src/conversation/engaged'
import { textOf, type Message } from '../../src/conversation/message'
import { scriptFor } from '../support/fake-model/script'
import { explained, newMarker, spoken } from '../../src/models/spoken'

export interface Post {
  readonly id: string
  readonly text: string
  readonly author: string
}

/** What is wrong with the room's whole history: posts lost, doubled or changed, replies unfinished or not what the model said. */
export function wrongWith(history: readonly Message[], posts: readonly Post[], seen: ReadonlyMap<string, Message>): readonly string[] {
  return [
    ...wrongOrder(history),
    ...posts.flatMap((post) => wrongPost(history, post, seen)),
    ...strangers(history, posts),
    ...history.flatMap((message) => wrongReply(history, message)),
  ]
}

function wrongOrder(history: readonly Message[]): readonly string[] {
  const first = history[0]?.metadata.seq ?? 0
  return history.flatMap(({ id, metadata: { seq } }, at) => (seq === first + at ? [] : [`${id} has seq ${seq} in place ${at}`]))
}

/** What was cleared away may be missing, and nothing else: it stood before everything that is there. */
function wrongPost(history: readonly Message[], { id, text, author }: Post, seen: ReadonlyMap<string, Message>): readonly string[] {
  const found = history.filter((message) => message.id === id)
  const [post] = found
  if (found.length > 1) return [`“${text}” is there ${found.length} times`]
  if (post)
    return textOf(post) === text && post.metadata.author.id === author ? [] : [`“${text}” by ${author} became “${textOf(post)}” by ${post.metadata.author.id}`]
  const first = history[0]?.metadata.seq ?? Infinity
  const last = seen.get(id)?.metadata.seq ?? 0
  return first === 1 || last >= first ? [`“${text}” is lost, seq ${last}`] : []
}

function strangers(history: readonly Message[], posts: readonly Post[]): readonly string[] {
  const known = new Set(posts.map(({ id }) => id))
  return history.filter(({ id, role }) => role === 'user' && !known.has(id)).map((message) => `nobody posted “${textOf(message)}”`)
}

function wrongReply(history: readonly Message[], message: Message): readonly string[] {
  const { status } = message.metadata
  if (status === 'streaming' || status === 'waiting' || status === 'pending') return [`${message.id} is still ${status}`]
  if (message.role === 'user') return []
  // Of several that it answers at once, the model is asked the last.
  const prompt = promptsOf(message.metadata)
    .flatMap((prompt) => history.filter(({ id }) => id === prompt))
    .at(-1)
  if (!prompt) return [`${message.id} answers nothing that is there`]
  const whole = answerTo(textOf(prompt))
  const said = textOf(message)
  if (status === 'complete' ? said === whole : whole.startsWith(said)) return []
  return [`the ${status} answer to “${textOf(prompt)}” is “${said}”, not “${whole}”`]
}

/** What the fake model says to this, when nothing comes between. */
export function answerTo(text: string): string {
  const marker = newMarker()
  const content = spoken({ seq: 1, kind: 'person', name: 'Anybody', text }, marker)
  return scriptFor({
    model: 'fake',
    messages: [
      { role: 'system', content: explained(marker) },
      { role: 'user', content },
    ],
  }).words.join('')
}
