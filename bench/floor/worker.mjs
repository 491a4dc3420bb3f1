// The floor: the least a Durable Object can do to deliver the same reply. It reads the same model, broadcasts with the
// same tick, saves as rarely, and knows nothing of members, messages, lanes or catching up.
import { DurableObject } from 'cloudflare:workers'

export default {
  fetch(request, env) {
    const bytes = new URL(request.url).searchParams.get('bytes')
    if (bytes !== null) return new Response('x'.repeat(Number(bytes)), { headers: { 'content-type': 'text/html' } })
    return env.FLOOR.get(env.FLOOR.idFromName('floor')).fetch(request)
  },
}

export class Floor extends DurableObject {
  text = ''
  waiting = ''
  cooling = false
  savedAt = 0

  constructor(ctx, env) {
    super(ctx, env)
    ctx.storage.sql.exec('CREATE TABLE IF NOT EXISTS reply (id INTEGER PRIMARY KEY, text TEXT NOT NULL)')
  }

  async fetch(request) {
    if (request.headers.get('upgrade') === 'websocket') {
      const { 0: client, 1: server } = new WebSocketPair()
      this.ctx.acceptWebSocket(server)
      return new Response(null, { status: 101, webSocket: client })
    }
    this.text = ''
    this.ctx.waitUntil(this.speak())
    return new Response()
  }

  async speak() {
    const answer = await fetch(this.env.MODEL_URL, { method: 'POST', body: '{}' })
    let rest = ''
    for await (const bytes of answer.body.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + bytes).split('\n\n')
      rest = lines.pop()
      for (const line of lines) {
        if (line === 'data: [DONE]') continue
        const { content } = JSON.parse(line.slice(6)).choices[0].delta
        if (content) this.say(content)
      }
    }
    this.ctx.storage.sql.exec('INSERT OR REPLACE INTO reply VALUES (1, ?)', this.text)
  }

  say(token) {
    this.waiting += token
    if (!this.cooling) this.flush()
  }

  flush() {
    if (this.waiting === '') return
    const frame = JSON.stringify([0, this.text.length, this.waiting])
    this.text += this.waiting
    this.waiting = ''
    this.cooling = true
    const sockets = this.ctx.getWebSockets()
    setTimeout(
      () => {
        this.cooling = false
        this.flush()
      },
      Math.min(100, Math.max(16, sockets.length / 4)),
    )
    for (const socket of sockets) socket.send(frame)
    if (Date.now() - this.savedAt < 1000) return
    this.savedAt = Date.now()
    this.ctx.storage.sql.exec('INSERT OR REPLACE INTO reply VALUES (1, ?)', this.text)
  }

  webSocketClose(socket) {
    socket.close()
  }
}
