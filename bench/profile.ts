// `npm run bench -- --profile`: where the room's CPU goes while a reply streams to 200 clients, by V8's own profiler in
// workerd. Sampling doubles the cost of a reply, so read shares and not milliseconds; native work counts for the function
// that called it, and (program) is what the runtime does by itself, sockets above all.
import { LANES } from '../src/lanes/lanes'
import { timesOf, type Profile } from './profile-times'
import { stream, type Place } from './stream'
import type { Reply } from './scenario'

/** Between two samples, microseconds. */
const EVERY_US = 500
const SHOWN = 12

/** `inspectorPort` is the server's. Answers a page for people. */
export async function profile(place: Place, inspectorPort: number, reply: Reply): Promise<string> {
  const inspector = await Inspector.connect(inspectorPort)
  await inspector.call('Profiler.enable')
  await inspector.call('Profiler.setSamplingInterval', { interval: EVERY_US })
  const sections: string[] = []
  for (const lane of LANES) {
    await stream(place, [lane], 200, reply, 1, () => inspector.call('Profiler.start'))
    const { profile: taken } = (await inspector.call('Profiler.stop')) as { profile: Profile }
    sections.push(`${lane}\n${summary(taken)}`)
  }
  inspector.close()
  return sections.join('\n\n')
}

/** The functions with the most time of their own, as shares of the time that anything ran. */
function summary(taken: Profile): string {
  const times = timesOf(taken, EVERY_US)
  const all = [...times.values()].reduce((sum, time) => sum + time, 0)
  const shares = [...times]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, SHOWN)
    .map(([name, time]) => `${((100 * time) / all).toFixed(1).padStart(5)} %  ${name}`)
  return [`  busy   ${Math.round(all / 1_000)} ms`, ...shares].join('\n')
}

/** The room's isolate, over the inspector's protocol. */
class Inspector {
  private readonly socket: WebSocket
  private readonly waiting = new Map<number, (result: unknown) => void>()
  private last = 0

  private constructor(socket: WebSocket) {
    this.socket = socket
    socket.addEventListener('message', ({ data }) => {
      const { id, result } = JSON.parse(String(data)) as { id?: number; result?: unknown }
      if (id !== undefined) this.waiting.get(id)?.(result)
    })
  }

  static async connect(port: number): Promise<Inspector> {
    const response = await fetch(`http://127.0.0.1:${port}/json`)
    const targets = await response.json<readonly { readonly id: string }[]>()
    const target = targets.find(({ id }) => id.endsWith(':user:parley'))
    if (!target) throw new Error('the server has no inspector')
    const socket = new WebSocket(`ws://127.0.0.1:${port}/${target.id}`)
    await new Promise((opened) => socket.addEventListener('open', opened, { once: true }))
    return new Inspector(socket)
  }

  call(method: string, params: object = {}): Promise<unknown> {
    const id = ++this.last
    this.socket.send(JSON.stringify({ id, method, params }))
    return new Promise((resolve) => this.waiting.set(id, resolve))
  }

  close(): void {
    this.socket.close()
  }
}
