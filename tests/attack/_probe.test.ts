import { it } from 'vitest'
import { World } from '../lane-contract/world'
import { DRIVERS } from '../lane-contract/drivers'
import { RawTcp } from './raw-tcp'
import { residentBytes } from './memory'
it('probe slow', async () => {
  const w = await World.begin()
  const g = await w.guest('Ann'); const room = await w.room(g)
  const p = await w.join(DRIVERS.agents, room, g)
  console.log('rss', residentBytes(w.server.pid)!/1e6)
  const slow = []
  for (let i=0;i<60;i++) slow.push(await RawTcp.join(g, room, (['agents','rsc','tinybase'] as const)[i%3]!, true))
  console.log('rss joined', residentBytes(w.server.pid)!/1e6)
  for (let r=0;r<6;r++) {
    const p2 = await w.join(DRIVERS.agents, room, 'P'+r)
    for (let n=0;n<80;n++) p2.client.post('@P'+r+' '+'x'.repeat(31000))
    await p2.settled(); p2.close()
    console.log('rss', r, residentBytes(w.server.pid)!/1e6)
  }
  for (const s of slow) s.destroy()
  for (let i=0;i<10;i++){ await new Promise(r=>setTimeout(r,1000)); console.log('rss after', residentBytes(w.server.pid)!/1e6)}
  // one attacker, questions
  const s = await RawTcp.join(g, room, 'agents', true)
  for (let i=0;i<390;i++) s.text(JSON.stringify({type:'since',version:0}))
  await p.client.post('@Ann after'); await p.sees('after')
  console.log('rss q', residentBytes(w.server.pid)!/1e6)
  await w.end()
}, 120000)
