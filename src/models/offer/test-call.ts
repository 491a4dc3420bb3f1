// One small call of a model, for whoever connects it: whether it answers, and what [R160]. Bounded in length, in time, and in what is told.
import { answer } from '../answer'
import type { ChosenModel } from '../choose-model'
import { ofConnected } from '../failure'
import { reportOf } from '../failure-report'

/** Room to think for a model that thinks before it speaks. */
const TOKENS = 400
const WITHIN_MS = 20_000
/** Of what it said, in characters. */
const SHOWN = 120
const LOOKED_AT = 2_000
/** Shorter words are no secrets, and occur in others. */
const SHORTEST_SECRET = 6

/** In words, with nothing of its key. Never throws. `now`: ms since 1970, asked twice. */
export async function testCall(chosen: ChosenModel, key: string | null, now: () => number): Promise<string> {
  const { model, wire, id } = chosen
  const began = now()
  const call = {
    model,
    system: 'This is a test of the connection.',
    messages: [{ role: 'user' as const, content: 'Answer with the one word: ready' }],
    signal: AbortSignal.timeout(WITHIN_MS),
    maxOutputTokens: TOKENS,
    patienceMs: WITHIN_MS,
    longestMs: WITHIN_MS,
  }
  let said = ''
  let ending = 'It did not answer.'
  for await (const chunk of answer({ ...call, ...(wire ? { wire } : {}), onFailure: (...why) => console.warn(reportOf(id, ...why)) })) {
    if (chunk.type === 'text') said += chunk.text.slice(0, LOOKED_AT - said.length)
    else if (chunk.type === 'failed') ending = `It failed: ${ofConnected(chunk.failure).text}`
    else if (chunk.type === 'aborted') ending = `It did not answer within ${WITHIN_MS / 1_000} seconds.`
    else if (chunk.type === 'done' || chunk.type === 'limited') ending = answered(key !== null && tells(said, key) ? null : said, now() - began)
  }
  return ending
}

/** A server may say what it was sent, whole or as far as its answer went. */
function tells(said: string, key: string): boolean {
  return key.length >= SHORTEST_SECRET && said.includes(key.slice(0, SHORTEST_SECRET))
}

/** Null: words that are not shown. */
function answered(said: string | null, ms: number): string {
  const time = `${(Math.max(0, ms) / 1_000).toFixed(1)} s`
  if (said === null) return `It answered after ${time}, and repeated its key: what it said is not shown.`
  const line = said.replace(/\s+/g, ' ').trim()
  if (line === '') return `It answered after ${time}, without a word.`
  return `It answered after ${time}: “${line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line}”`
}
