// What the person who starts Parley decides: the environment first, then `.dev.vars`, then `.env`.
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { LIMIT_VARIABLES, parseLimitSettings } from '../src/limits/limit-settings.ts'
import { parseModelSettings } from '../src/models/model-settings.ts'
import { Failure } from './failure.mjs'
import { readHosts } from './hosts.mjs'
import { findLocalModels, placesFor } from './local-models.mjs'
import { secretFor } from './secret.mjs'

const ROOT = resolve(import.meta.dirname, '..')

/** What of the environment reaches the worker. */
const VARIABLES = [
  'MODEL',
  'MODEL_MAX_OUTPUT_TOKENS',
  'MODEL_PATIENCE',
  'MODEL_MAX_SECONDS',
  'OPENAI_API_KEY',
  'OPENAI_BASE_URL',
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_BASE_URL',
  'CLOUDFLARE_ACCOUNT_ID',
  'CLOUDFLARE_API_TOKEN',
  'PUBLIC_URL',
  'TRUST_PROXY',
  'ALLOW_LOOPBACK',
  'BETTER_AUTH_SECRET',
  ...LIMIT_VARIABLES,
]

/**
 * Refuses with a Failure that names the variable to change. `find` looks for models where nobody named one.
 * @returns {Promise<{ port: number, listen: string, open: string[], dataDir: string, variables: Record<string, string>, model: string }>}
 *   where to listen, and what people elsewhere can open: see hosts.mjs
 */
export async function readSettings(environment = process.env, find = findLocalModels) {
  const given = { ...fileOf('.env'), ...fileOf('.dev.vars'), ...environment }
  const port = portOf(given.PORT)
  const named = Object.fromEntries(VARIABLES.flatMap((name) => (given[name]?.trim() ? [[name, given[name].trim()]] : [])))
  const model = parseModelSettings(named)
  if (!model.ok) throw new Failure(model.message)
  // Only where nobody said anything of a model, not even that it be the guide.
  const found = named.MODEL || model.settings.provider !== 'guide' ? [] : await find(placesFor(given.LOCAL_MODELS))
  // Not as if somebody had set it: what the owner chooses in the app goes before what was only found.
  const variables = { ...named, ...(found.length > 0 ? { FOUND_MODELS: JSON.stringify(found) } : {}) }
  const limits = parseLimitSettings(variables)
  if (!limits.ok) throw new Failure(limits.message)
  if (variables.PUBLIC_URL && !/^https?:$/.test(URL.parse(variables.PUBLIC_URL)?.protocol ?? '')) {
    throw new Failure(`PUBLIC_URL is "${variables.PUBLIC_URL}", which is not an address: write one such as https://chat.example.`)
  }
  checkProxies(variables.TRUST_PROXY ?? '')
  if (variables.ALLOW_LOOPBACK && variables.ALLOW_LOOPBACK !== '1') {
    throw new Failure(`ALLOW_LOOPBACK is "${variables.ALLOW_LOOPBACK}": write 1 to let agents use servers and pages on this machine, or nothing.`)
  }
  const { listen, names, open } = await readHosts({ HOST: given.HOST, HOSTS: given.HOSTS, PUBLIC_URL: variables.PUBLIC_URL })
  const dataDir = dataDirOf(given.DATA_DIR)
  const secret = secretFor(dataDir, variables.BETTER_AUTH_SECRET)
  return {
    port,
    listen,
    open,
    dataDir,
    variables: { ...variables, BETTER_AUTH_SECRET: secret, HOSTS: names.join(' ') },
    model: found[0] ? foundName(found) : nameOf(model.settings, named.MODEL),
  }
}

function fileOf(name) {
  const path = join(ROOT, name)
  return existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : {}
}

function portOf(value) {
  if (!value?.trim()) return 5173
  const port = Number(value)
  if (/^\s*\d+\s*$/.test(value) && port <= 65_535) return port
  throw new Failure(`PORT is "${value}", which is not a port: write a number from 1 to 65535.`)
}

/** One that cannot be read would count for nobody, and everybody behind that proxy for one person. */
function checkProxies(value) {
  for (const range of value.split(/[\s,]+/).filter((part) => part !== '')) {
    const [, address = '', bits = '0'] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(range) ?? []
    if (range === '1' || (isIP(address) && Number(bits) <= (isIP(address) === 4 ? 32 : 128))) continue
    throw new Failure(`TRUST_PROXY names "${range}": write 1 for a proxy on this machine, or addresses and ranges such as 10.0.0.7 172.16.0.0/12.`)
  }
}

function dataDirOf(value) {
  const directory = resolve(ROOT, value?.trim() || '.data')
  try {
    makeDirectory(directory)
    accessSync(directory, constants.W_OK)
    writeFileSync(join(directory, '.writable'), '')
  } catch (error) {
    throw new Failure(`The data directory ${directory} cannot be written (${error.code}): choose another with DATA_DIR=…`)
  }
  return directory
}

/** For its owner alone. Step by step: `recursive` never returns where a file system makes no directories, such as /proc. */
function makeDirectory(directory) {
  if (existsSync(directory)) return
  makeDirectory(dirname(directory))
  mkdirSync(directory, { mode: 0o700 })
}

/** As it was set, where it was. */
function nameOf({ provider, model, baseUrl }, asSet) {
  if (provider === 'guide') return 'the built-in guide (set MODEL to connect a language model)'
  if (asSet) return baseUrl ? `${asSet} at ${baseUrl}` : asSet
  if (provider === 'compatible') return `openai:${model} at ${baseUrl}`
  return baseUrl ? `${provider === 'openai' ? 'openai-responses' : provider}:${model} at ${baseUrl}` : `${provider}:${model}`
}

function foundName([first, ...others]) {
  const rest = [...first.models.slice(1).map((model) => ({ model, name: first.name })), ...others.map(({ models, name }) => ({ model: models[0], name }))]
  const shown = rest.slice(0, 5).map(({ model, name }) => `${model} at ${name}`)
  const more = rest.length === 0 ? '' : `; also found: ${shown.join(', ')}${rest.length > shown.length ? ` and ${rest.length - shown.length} more` : ''}`
  return `${first.models[0]} at ${first.name} (${first.url}), found on this machine. MODEL=guide does without, MODEL=openai:… takes another${more}`
}
