// Nothing moves while a page loads, however slow the machine: what is read or about to be pressed stays where it is.
import { describe, expect, it } from 'vitest'
import { LANES } from '../../src/lanes/lanes'
import { DRIVERS } from '../lane-contract/drivers'
import { useStage } from './stage/stage'

const stage = useStage()

/** As a phone of some years ago. */
const SLOWER = 6

declare global {
  interface Window {
    shifts?: string[]
  }
}

/** Runs before the page's scripts. */
function watchShifts(): void {
  const shifts: string[] = []
  window.shifts = shifts
  type Shift = PerformanceEntry & {
    readonly value: number
    readonly hadRecentInput: boolean
    readonly sources: readonly { readonly node: Node | null; readonly previousRect: DOMRect; readonly currentRect: DOMRect }[]
  }
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries() as Shift[])
      if (!shift.hadRecentInput)
        shifts.push(
          `${shift.value}: ${shift.sources.map(({ node, previousRect, currentRect }) => `${node instanceof Element ? node.outerHTML.slice(0, 120) : node?.textContent} ${JSON.stringify(previousRect)} → ${JSON.stringify(currentRect)}`).join('; ')}`,
        )
  }).observe({ type: 'layout-shift', buffered: true })
}

describe.each([...LANES, 'compare'] as const)('%s', (view) => {
  it('[R52] nothing moves while a room of sixty messages loads on a slow machine', async () => {
    const owner = await stage.guest('Ann')
    const room = await stage.room(owner)
    const ann = await stage.join(DRIVERS.agents, room, owner)
    for (let n = 1; n <= 60; n++) ann.client.post(`@Ann message ${n} ${'and so on '.repeat(n % 9)}`)
    await ann.settled()
    const bo = await stage.person('Bo', { beforeScripts: watchShifts })
    const cdp = await bo.context.newCDPSession(bo.page)
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
    await bo.page.goto(`/rooms/${room}/${view}`)
    await bo.page
      .getByRole('status')
      .filter({ hasText: 'Connected' })
      .nth(view === 'compare' ? 2 : 0)
      .waitFor()
    expect(await bo.page.evaluate(() => window.shifts)).toEqual([])
  })
})
