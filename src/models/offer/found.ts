// The models that a start found on its machine, as it hands them to the worker in FOUND_MODELS. Bounded there and here.
import { idOf } from './connection'

export interface FoundModel {
  readonly id: string
  readonly label: string
  readonly settings: { readonly provider: 'compatible'; readonly model: string; readonly baseUrl: string }
}

/** More would be no list to choose from. */
export const MOST_FOUND = 60

/** What is found where it usually is, as ids name it. Others are called by an address, which is nobody's to read. */
const PRODUCTS: ReadonlyMap<string, string> = new Map([
  ['Ollama', 'ollama'],
  ['LM Studio', 'lm-studio'],
  ['llama.cpp', 'llama.cpp'],
])

const MODEL = /^[\w@./:+ -]{1,150}$/

/** In the order in which they were found; nothing of what is none. */
export function foundModels(text: string | undefined): readonly FoundModel[] {
  const servers: unknown = parsed(text ?? '')
  return (Array.isArray(servers) ? servers : []).flatMap((server, at) => modelsOf(server, at + 1)).slice(0, MOST_FOUND)
}

/** `at`: which of the servers it is, 1 being the first. */
function modelsOf(server: unknown, at: number): readonly FoundModel[] {
  if (typeof server !== 'object' || server === null || !('name' in server) || !('url' in server) || !('models' in server)) return []
  const { name, url, models } = server
  if (typeof name !== 'string' || typeof url !== 'string' || !URL.canParse(url) || !Array.isArray(models)) return []
  const place = PRODUCTS.get(name) ?? `server-${at}`
  return models.flatMap((model: unknown) => {
    if (typeof model !== 'string' || !MODEL.test(model)) return []
    const settings = { provider: 'compatible', model, baseUrl: url } as const
    // An agent names a model in one word.
    const id = idOf(settings, place).replaceAll(' ', '%20')
    return id.length > 200 ? [] : [{ id, label: `${model} (${PRODUCTS.has(name) ? name : `server ${at}`})`, settings }]
  })
}

function parsed(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    return null
  }
}
