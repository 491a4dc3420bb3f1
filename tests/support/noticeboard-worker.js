// The built worker with a kind of record more, which no lane and no client knows, and a way to write records and amendments
// from a test. Goes before the built worker, which is `parley.js` here.
import parley, { Ledger, ParleyRoom as Built } from './parley.js'

export { Ledger }

export class ParleyRoom extends Built {
  recordKinds() {
    const any = (value) => ({ ok: true, value })
    return { ...super.recordKinds(), notice: { most: 400, bytes: 20_000, parse: any } }
  }

  /** As whatever part of the room would; answered when it is durable. */
  async pin({ kind = 'notice', id, value, amend }) {
    const { changes } = this.parts
    return amend === undefined ? changes.setAny(kind, id, value) : changes.amend(id, amend)
  }
}

const WAY_IN = /^\/noticeboard\/([^/]+)$/

export default {
  async fetch(request, env, context) {
    const room = WAY_IN.exec(new URL(request.url).pathname)?.[1]
    if (room === undefined) return parley.fetch(request, env, context)
    const object = env.ROOM.get(env.ROOM.idFromName(room))
    // A call by RPC alone would skip the object's start.
    await object.fetch(new Request(request.url))
    return Response.json(await object.pin(await request.json()))
  },
}
