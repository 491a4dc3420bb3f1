// The built worker with three tools more, which act outside: each tells a server on this machine of it, and answers once that does.
// Goes before the built worker, which is `parley.js` here.
import parley, { Ledger, ParleyRoom as Built } from './parley.js'

export { Ledger }
export default parley

const TOOLS = ['mail', 'pay', 'ring'].map((name) => ({
  name,
  own: name,
  description: `Does ${name}.`,
  schema: { type: 'object', properties: { to: { type: 'number' } }, required: ['to'] },
  effect: 'outside',
  policy: 'asker',
  read: (value) => ({ ok: true, value }),
  run: async (input, { reply, call, signal }) => {
    await fetch(`http://127.0.0.1:${input.to}/`, { method: 'POST', signal, body: JSON.stringify({ tool: name, reply, call, input }) })
    return { ok: true, output: `${name} was done` }
  },
}))

export class ParleyRoom extends Built {
  tools() {
    return [...super.tools(), ...TOOLS]
  }
}
