import { evictDurableObject, runInDurableObject, runDurableObjectAlarm, abortAllDurableObjects } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { roomOf } from '../../src/room/surface'
import { encodeMember, LANE_HEADER, MEMBER_HEADER } from '../../src/room/upgrade'
import { stageOf } from './stage'
test('probe', async () => {
  let room = await roomOf(env as any, 'lobby' as any)
  const ann = { id: 'ann', name: 'Ann', kind: 'person' } as any
  await room.enter(ann, null)
  const res = await room.fetch(new Request('http://x/rooms/lobby/agents/socket', { headers: { upgrade: 'websocket', [MEMBER_HEADER]: encodeMember(ann), [LANE_HEADER]: 'agents' } }))
  const ws = res.webSocket!
  ws.accept()
  ws.addEventListener('message', (e) => console.log('ws', String(e.data).slice(0, 300)))
  ws.addEventListener('close', (e) => console.log('close', e.code))
  const stub = env.ROOM.get(env.ROOM.idFromName('lobby'))
  console.log(JSON.stringify(await room.command(ann.id, { type: 'post', id: 'message-1' as any, text: '@Ann hello' })))
  console.time('evict0')
  await evictDurableObject(stub as any)
  console.timeEnd('evict0')
  console.log(JSON.stringify(await room.command(ann.id, { type: 'post', id: 'message-2' as any, text: 'hello' })))
  const v = await stageOf('lobby').nextVoice()
  v.say('Hi there')
  console.time('abort')
  try { await runInDurableObject(stub as any, (r: any, state: any) => { state.abort('crash') }) } catch (e) { console.log('threw', String(e)) }
  console.timeEnd('abort')
  console.time('alarm')
  try { console.log('alarm', await runDurableObjectAlarm(env.ROOM.get(env.ROOM.idFromName('lobby')) as any)) } catch (e) { console.log('threw', String(e)) }
  console.timeEnd('alarm')
  const v2 = await stageOf('lobby').nextVoice()
  console.log('partial', v2.partial, v.signal.aborted)
  v2.done()
  room = await roomOf(env as any, 'lobby' as any)
  await new Promise((r) => setTimeout(r, 200))
  console.log(JSON.stringify(await room.snapshot(ann.id)))
  expect(1).toBe(1)
})
