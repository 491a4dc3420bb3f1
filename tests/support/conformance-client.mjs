// What the conformance suite of the Model Context Protocol runs as a client: a room of a Parley that is running, by its HTTP alone. The room's
// owner adds the scenario's server, accepts its tools, and asks an agent whose model calls all of them (eager-model.ts).
const { PARLEY, COOKIE, ROOM, MODEL, MCP_CONFORMANCE_CONTEXT = '{}' } = process.env
const address = process.argv.at(-1)
const { toolCalls = [] } = JSON.parse(MCP_CONFORMANCE_CONTEXT)

const ask = (path, init = {}) =>
  fetch(`${PARLEY}/rooms/${ROOM}/${path}`, { ...init, headers: { cookie: COOKIE, origin: PARLEY, accept: 'application/json', ...init.headers } })
const command = async (asked) => {
  const answer = await ask('commands', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(asked) })
  if (!answer.ok) throw new Error(`${asked.type}: ${await answer.text()}`)
}
const server = async () => (await (await ask('records?kind=server')).json()).records.find(({ value }) => value.address === new URL(address).href)

/** Waits until something is so; what it is, or null after so many seconds. */
async function until(look, seconds) {
  for (const end = Date.now() + seconds * 1_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const found = await look()
    if (found) return found
  }
  return null
}

await command({ type: 'add-server', address })
const known = await until(async () => {
  const found = await server()
  return found?.value.state === 'connecting' ? null : found
}, 25)
const { id, value } = known ?? {}
console.log(JSON.stringify(value, null, 2))
if (value?.state === 'review') {
  await command({ type: 'accept-tools', server: id, print: value.print, policies: Object.fromEntries(value.tools.map(({ name }) => [name, 'auto'])) })
  await command({ type: 'save-agent', agent: 'parley', profile: { servers: [id] } })
  const wanted = toolCalls.map(({ name, arguments: input }) => ({ name: value.tools.find((tool) => tool.name === name)?.called, input }))
  const nonce = crypto.randomUUID()
  await command({ type: 'post', id: nonce, text: `@parley ${JSON.stringify({ nonce, prefix: `${value.name}_`, wanted })}` })
  await until(async () => (await (await fetch(`${MODEL}/done/${nonce}`)).text()) === 'done', 25)
}
if (id) await command({ type: 'remove-server', server: id })
