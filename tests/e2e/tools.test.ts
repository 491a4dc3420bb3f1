// An agent's tools on the screen: cards that open, hits that lead to their message, and a turn that says what it is doing and can be stopped.
import { describe, expect, it } from 'vitest'
import { LANES } from '../../src/lanes/lanes'
import { roomWithPast } from './stage/history'
import { useStage } from './stage/stage'

const stage = useStage()

describe.each(LANES)('in the %s lane', (lane) => {
  it('[R186] a message that was found leads to where it was said, also to a page that is not loaded', { timeout: 60_000 }, async () => {
    const guest = await stage.guest('Ann')
    const room = await roomWithPast(stage, guest, 70)
    const ann = await stage.person(guest, { room, lane })
    await ann.say('[[call:search_room({"query":"message_7.","before":8})]] go')
    await ann.seesReply('complete')
    const card = ann.replies.locator('[data-part="tool"][data-tool="search_room"]')
    expect(await card.locator('summary').innerText()).toMatch(/search_room\s+“message 7\.”, 1 message/)
    await card.locator('summary').click()
    expect(await card.locator('[data-part="found"]').innerText()).toContain('message 7.')
    await card.getByRole('button', { name: 'Go to message 7' }).click()
    const found = ann.articles.and(ann.page.locator('[data-seq="7"]'))
    await found.waitFor()
    await ann.until('the message in sight', () =>
      found.evaluate((row) => row === document.activeElement && row.getBoundingClientRect().top > 0 && row.getBoundingClientRect().bottom < innerHeight),
    )
  })

  it('[R190] [L8] a turn says which step it is at, and Stop ends it at once', async () => {
    const guest = await stage.guest('Ann')
    const ann = await stage.person(guest, { room: await stage.room(guest), lane })
    await ann.say('[[say:Looking. call:now then words:40 hold after:2]] go')
    await stage.model.held()
    const work = ann.replies.locator('[data-part="work"]')
    await work.filter({ hasText: /Step 2 · answers · \d+ s · about \d|Step 2 · answers · \d+ s/ }).waitFor()
    expect(await work.getAttribute('data-step')).toBe('2')
    const began = performance.now()
    await work.getByRole('button', { name: 'Stop this answer' }).click()
    await ann.seesReply('stopped', 'Looking.')
    expect(performance.now() - began).toBeLessThan(2_000)
    expect(await work.count()).toBe(0)
  })

  it('[R185] a tool that did not work says so without being opened, and why when it is', async () => {
    const guest = await stage.guest('Ann')
    const ann = await stage.person(guest, { room: await stage.room(guest), lane })
    await ann.say('[[call:calculate({"sum":"1/0"})]] go')
    await ann.seesReply('complete')
    const card = ann.replies.locator('[data-part="tool"]')
    expect(await card.getAttribute('data-tool-state')).toBe('output-error')
    expect(await card.locator('summary').innerText()).toMatch(/calculate\s+failed/)
    await card.locator('summary').click()
    expect(await card.innerText()).toContain('no result that could be written down')
  })
})
