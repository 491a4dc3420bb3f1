// What servers and their tools are called. Names are made here, of letters, digits and `_`, and never by a server alone: its tool is
// `<server>_<tool>` to a model, so that none can pass for a tool of ours or of another server.
import { MAX_SERVER_NAME } from '../../conversation/server-profile'

const MOST = 64
/** What stands before and after the name that people know a service by. */
const AROUND = new Set(['www', 'mcp', 'api', 'app', 'com', 'net', 'org', 'io', 'dev', 'ai', 'co', 'cloud', 'workers', 'pages', 'sse'])

/** Of an address that was read, or of what its owner wrote; another than these. */
export function serverName(address: string, wanted: string | null, taken: readonly string[]): string {
  const { hostname } = new URL(address)
  const labels = /^[\d.]+$|^\[/.test(hostname) ? ['local'] : hostname.split('.')
  const known = labels.filter((label) => !AROUND.has(label))
  const name = plain(wanted ?? '') || plain(known.at(-1) ?? labels.at(-1) ?? '') || 'server'
  return unlike(name, taken, MAX_SERVER_NAME)
}

/** Of a tool of a server, for a model; another than these, which the server's tools have already. */
export function modelName(server: string, tool: string, taken: readonly string[]): string {
  return unlike(`${server}_${tool.replace(/\W/g, '_')}`, taken, MOST)
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, MAX_SERVER_NAME)
}

function unlike(name: string, taken: readonly string[], most: number): string {
  for (let number = 1; ; number++) {
    const end = number === 1 ? '' : `_${number}`
    const tried = `${name.slice(0, most - end.length)}${end}`
    if (!taken.includes(tried)) return tried
  }
}
