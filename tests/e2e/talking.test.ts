// Two people and an agent in a room, each person at a browser of their own.
import { describe, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { LANES, type LaneName } from '../../src/lanes/lanes'
import { growthIn, onlyGrew, watchGrowth } from './stage/growth'
import { usePair } from './stage/pair'
import type { Person } from './stage/person'
import { useStage } from './stage/stage'

const stage = useStage()

describe.each(LANES)('%s lane', (lane) => {
  const pair = usePair(stage, lane)

  it('[L4] [L5] two people see each other, and the reply as it is spoken', async () => {
    const { ann, bo } = await pair()
    await ann.say('[[words:60 delay:10]] hello')
    await bo.sees('hello')
    await bo.seesReply('complete')
    await ann.seesReply('complete')
    const [lengths = []] = await growthIn(bo.page)
    expect(onlyGrew(lengths)).toBe(true)
    expect(lengths.length).toBeGreaterThan(5)
    expect(await bo.spoken()).toEqual([Array.from({ length: 60 }, (_, at) => `word${at + 1}`).join(' ')])
    await bo.say('@Ann hello to you')
    await ann.sees('hello to you')
    await bo.settled()
    expect(await ann.shown()).toEqual(await bo.shown())
  })

  it('[L8] anybody stops a reply for everyone, and what was said stays', async () => {
    const { ann, bo } = await pair()
    await ann.say('[[words:2000 delay:5]] go on and on')
    await bo.sees('word10')
    await bo.button('Stop').click()
    await ann.seesReply('stopped')
    await bo.seesReply('stopped')
    await ann.button('Stop').waitFor({ state: 'detached' })
    const [said] = await ann.spoken()
    expect(said).toContain('word10 ')
    expect(await bo.spoken()).toEqual([said])
  })

  it('[R8] a reply that failed says so, and is asked for again in its place', async () => {
    const { ann, bo } = await pair()
    await ann.say(`[[fault:500 times:1]] once more in the ${lane} lane`)
    await bo.seesReply('failed')
    await bo.replies.locator('[data-part="notice"]').waitFor()
    await bo.button('Retry').click()
    await bo.seesReply('complete')
    await ann.seesReply('complete')
    expect(await ann.articles.count()).toBe(2)
    expect(await ann.button('Retry').count()).toBe(0)
    expect(await ann.shown()).toEqual(await bo.shown())
  })

  it('a script in a message or in a reply is only words', async () => {
    const { ann, bo } = await pair()
    await ann.say(`[[echo]] ${HOSTILE}`)
    for (const who of [ann, bo]) {
      await who.seesReply('complete')
      for (const words of LITERALLY) expect(await who.message(words).count(), words).toBe(2)
      expect(await who.log.locator('img, script, iframe, svg[onload], a[href^="javascript:" i], a[href^="data:" i]').count()).toBe(0)
    }
    const reloaded = await bo.reload()
    for (const words of LITERALLY) expect(await reloaded.message(words).count(), words).toBe(2)
    for (const who of [ann, bo]) expect(await who.page.evaluate(() => 'pwned' in window)).toBe(false)
  })

  it('[R100] Enter sends, Shift+Enter and Alt+Enter begin a line, and an Enter that ends a composition only ends it', async () => {
    const { ann } = await pair()
    await ann.composer.fill('@Ann one')
    await ann.composer.press('Shift+Enter')
    await ann.composer.pressSequentially('two')
    // Where the cursor is, as if typed: undoing takes it back, and nothing else.
    await ann.composer.press('ArrowLeft')
    await ann.composer.press('Alt+Enter')
    expect(await ann.composer.inputValue()).toBe('@Ann one\ntw\no')
    await ann.composer.press('ControlOrMeta+z')
    await ann.composer.evaluate(endComposition)
    expect(await ann.composer.inputValue()).toBe('@Ann one\ntwo')
    await ann.composer.press('Enter')
    await ann.sees('two')
    expect(await ann.composer.inputValue()).toBe('')
    await ann.articles.and(ann.page.locator('[data-status="complete"]')).waitFor()
    expect(await ann.message('one').locator('br').count()).toBe(1)
    expect(await ann.articles.count()).toBe(1)
  })

  it('[R13] [R16] a draft outlives a reload, and a refusal', async () => {
    const { ann } = await pair()
    await ann.composer.fill('not said yet')
    await ann.reload()
    await ann.until('the draft is back', async () => (await ann.composer.inputValue()) === 'not said yet')
    const long = 'x'.repeat(33_000)
    await ann.say(long)
    await ann.page.getByRole('alert').filter({ hasText: 'Too long by 1,000 characters' }).waitFor()
    expect(await ann.composer.inputValue()).toBe(long)
    await ann.say('   ')
    await ann.page.getByRole('alert').filter({ hasText: 'Write something first.' }).waitFor()
    expect(await ann.articles.count()).toBe(0)
  })

  it('[R10] the owner clears the room for everybody', async () => {
    const { ann, bo } = await pair()
    await ann.say('@Bo to be forgotten')
    await bo.sees('to be forgotten')
    await bo.button('Room menu').click()
    await bo.page.getByRole('dialog', { name: 'Room menu' }).waitFor()
    expect(await bo.button('Clear').count()).toBe(0)
    await ann.button('Room menu').click()
    await ann.button('Clear').click()
    await ann.button('Clear all messages').click()
    for (const who of [ann, bo]) {
      await who.articles.first().waitFor({ state: 'detached' })
      await who.page.getByText('Nothing said in').waitFor()
    }
    await bo.page.keyboard.press('Escape')
    await bo.say('@Ann afresh')
    await ann.sees('afresh')
    expect(await ann.articles.count()).toBe(1)
  })
})

describe('all lanes together', () => {
  it('[L4] [L5] one room, three lanes: every word of three replies is seen in all of them as it is spoken', async () => {
    const owner = await stage.guest('Rosa')
    const room = await stage.room(owner)
    const everybody = await Promise.all([enter(owner, room, 'rsc'), enter('Agnes', room, 'agents'), enter('Tina', room, 'tinybase')])
    await Promise.all(everybody.map((who) => who.say(`[[words:50 delay:20]] from ${who.name}`)))
    for (const who of everybody) {
      for (const { name } of everybody) await who.sees(`from ${name}`)
      await who.until('three whole replies', async () => (await who.page.locator('article[data-author-kind="agent"][data-status="complete"]').count()) === 3)
      const growth = await growthIn(who.page)
      expect(growth).toHaveLength(3)
      for (const lengths of growth) {
        expect(onlyGrew(lengths)).toBe(true)
        expect(lengths.length).toBeGreaterThan(5)
      }
    }
    const [rosa, ...others] = everybody
    const shown = await rosa?.shown()
    expect(shown).toHaveLength(6)
    for (const who of others) expect(await who.shown()).toEqual(shown)
    for (const who of everybody) expect(await (await who.reload()).shown()).toEqual(shown)
  })
})

const HOSTILE = [
  '<img src=x onerror="window.pwned=1">',
  '<script>window.pwned=2</script>',
  '[press me](javascript:window.pwned=3)',
  '![look](javascript:window.pwned=4)',
  '**bold <svg onload="window.pwned=5"> bold**',
  '<a href="data:text/html,<script>top.pwned=6</script>">data</a>',
].join('\n\n')

const LITERALLY = ['<img src=x onerror="window.pwned=1">', '<script>window.pwned=2</script>', 'press me', '<svg onload="window.pwned=5">', '<a href="data:']

function enter(who: Parameters<typeof stage.person>[0], room: RoomId, lane: LaneName): Promise<Person> {
  return stage.person(who, { room, lane, beforeScripts: watchGrowth })
}

/** The key press with which an input method takes a suggestion, as Chromium reports it, and as Safari does. */
function endComposition(box: Element): void {
  box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }))
  box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true }))
}
