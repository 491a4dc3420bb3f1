// What the conformance suite of the Model Context Protocol runs as a client: a room of a Parley that is running, by its HTTP alone. The room's
// owner adds the scenario's server, signs in there where it wants that, accepts its tools, and asks an agent whose model calls all of them
// (eager-model.ts).
const { PARLEY, COOKIE, ROOM, MODEL, MCP_CONFORMANCE_CONTEXT = '{}' } = process.env
const address = process.argv.at(-1)
const { toolCalls = [], client_id: clientId, client_secret: secret } = JSON.parse(MCP_CONFORMANCE_CONTEXT)
/** A person signs in once, and once more when more is wanted of them: nothing here signs in by itself. */
let clicks = 2

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

/** As it stands once it has answered. */
const settled = () =>
  until(async () => {
    const found = await server()
    return found?.value.state === 'connecting' ? null : found
  }, 25)

/** As a browser: out by the address that the room names, and back to where one is sent from there. False where the room says no. */
async function signsIn(id) {
  const begun = await ask('servers', { method: 'POST', body: new URLSearchParams({ intent: 'sign-in', server: id }) })
  if (!begun.ok) return console.log(await begun.text())
  const there = await fetch((await begun.json()).location, { redirect: 'manual' })
  const back = new URL(there.headers.get('location'))
  // Under another name the browser would look that up; the server is the same.
  const home = await fetch(new URL(`${back.pathname}${back.search}`, PARLEY), { headers: { cookie: COOKIE, accept: 'application/json' } })
  console.log(await home.text())
  return home.ok
}

await command({ type: 'add-server', address, ...(clientId === undefined ? {} : { client: { id: clientId, secret } }) })
const first = await settled()
const { id } = first ?? {}
for (let known = first; known; known = await settled()) {
  console.log(JSON.stringify(known.value, null, 2))
  if (known.value.state === 'sign-in' && clicks-- > 0 && (await signsIn(id))) continue
  if (known.value.state !== 'review' && known.value.state !== 'ready') break
  await uses(known.value)
  if ((await settled())?.value.state !== 'sign-in') break
}
if (id) await command({ type: 'remove-server', server: id })

async function uses(value) {
  await command({ type: 'accept-tools', server: id, print: value.print, policies: Object.fromEntries(value.tools.map(({ name }) => [name, 'auto'])) })
  await command({ type: 'save-agent', agent: 'parley', profile: { servers: [id] } })
  const wanted = toolCalls.map(({ name, arguments: input }) => ({ name: value.tools.find((tool) => tool.name === name)?.called, input }))
  const nonce = crypto.randomUUID()
  await command({ type: 'post', id: nonce, text: `@parley ${JSON.stringify({ nonce, prefix: `${value.name}_`, wanted })}` })
  await until(async () => (await (await fetch(`${MODEL}/done/${nonce}`)).text()) === 'done', 25)
}
