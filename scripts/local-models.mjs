// Language models that run on this machine, for a Parley that was told of none: it asks where such servers usually listen, all
// at once and for a moment, and learns which models there can talk. The first is taken where nobody chooses.

/** The usual addresses, the one that is taken first before the others. */
const USUAL = [
  { name: 'Ollama', url: 'http://127.0.0.1:11434/v1' },
  { name: 'LM Studio', url: 'http://127.0.0.1:1234/v1' },
  { name: 'llama.cpp', url: 'http://127.0.0.1:8080/v1' },
]

/** A server on this machine answers in a few ms; nobody waits at a start for one that is not there. */
const WITHIN_MS = 500

/** More than any list of models takes, in characters: other things listen on these ports too. */
const LONGEST_LIST = 1_000_000

/** As many of one server are known: an agent's form is no place for more. */
const MOST_MODELS = 20

/** Models that listen, look or compare, and do not talk. */
const NOT_TALKING = /embed|rerank|whisper|\btts\b|bge-|minilm|stable-diffusion|flux/i

/**
 * Where to look: `LOCAL_MODELS` names other addresses, separated by spaces.
 * @param {string} [named]
 */
export function placesFor(named) {
  const urls = (named ?? '').split(/\s+/).filter((url) => url !== '')
  return urls.length === 0 ? USUAL : urls.map((url) => ({ name: URL.parse(url)?.host ?? url, url: url.replace(/\/+$/, '') }))
}

/**
 * @param {readonly { name: string, url: string }[]} [places]
 * @returns {Promise<readonly { name: string, url: string, models: readonly string[] }[]>} the models of each server that has any, in the order of the places
 */
export async function findLocalModels(places = USUAL) {
  const found = await Promise.all(places.map(async (place) => ({ ...place, models: await modelsAt(place.url) })))
  return found.filter(({ models }) => models.length > 0)
}

/** None where nobody answers in time, or what answers has no models or is something else. */
async function modelsAt(url) {
  try {
    const response = await fetch(`${url}/models`, { signal: AbortSignal.timeout(WITHIN_MS), redirect: 'error', headers: { accept: 'application/json' } })
    if (!response.ok) return []
    const { data } = JSON.parse(await textOf(response))
    const ids = data.map(({ id }) => id).filter((id) => typeof id === 'string' && /^[\w@./:+ -]{1,150}$/.test(id) && !NOT_TALKING.test(id))
    return [...new Set(ids)].slice(0, MOST_MODELS)
  } catch {
    return []
  }
}

async function textOf(response) {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > LONGEST_LIST) throw new Error('too long for a list of models')
  }
  return text
}
