// An owner connects a model, and gives it to an agent of a room, by hand and without scripts.
import { beforeAll, describe, expect, it } from 'vitest'
import { ownerOf } from '../support/claimed'
import type { Guest } from '../support/guest'
import { barriers, WITH_AXE } from './stage/barriers'
import { useStage } from './stage/stage'

const stage = useStage()
let owner: Guest
beforeAll(async () => {
  owner = await ownerOf(stage)
})

describe.each([true, false])('with scripts: %s', (javaScriptEnabled) => {
  const model = javaScriptEnabled ? 'fake-by-hand' : 'fake-unscripted'

  it('[R160] [R163] a model is connected, tested and given to an agent, which then answers with it', async () => {
    const olga = await stage.person(owner, { options: { javaScriptEnabled } })
    const { page } = olga.expects(/status of 400 .*\/instance\/models/)
    await page.goto('/instance')
    await page.getByText('Connect a model').click()
    await page.getByLabel('Provider').selectOption('compatible')
    await page.getByLabel('Model name').fill(model)
    await page.getByLabel('Key', { exact: true }).fill('zq-0123456789abcdef')
    await page.getByLabel('Address').fill('http://192.168.1.10:11434/v1')
    await page.getByLabel('Label').fill('The fake')
    await olga.button('Connect model').click()
    // What is wrong stands beside its field, and all else is there to go on with, but for the key.
    const address = page.getByLabel('Address')
    await expect.poll(() => address.getAttribute('aria-invalid')).toBe('true')
    expect(await address.inputValue()).toBe('http://192.168.1.10:11434/v1')
    expect(await page.getByLabel('Model name').inputValue()).toBe(model)
    expect(await page.getByLabel('Key', { exact: true }).inputValue()).toBe('')
    await page.getByLabel('Key', { exact: true }).fill('zq-0123456789abcdef')
    await address.fill(stage.model.url)
    await olga.button('Connect model').click()
    const row = page.locator(`[data-model^="openai:${model}@"]`)
    await row.getByRole('button', { name: /^Test / }).click()
    await row
      .getByRole('status')
      .getByText(/It answered after/)
      .waitFor()
    expect(await page.content()).not.toContain('zq-0123456789abcdef')

    const room = await stage.room(owner)
    await page.goto(`/rooms/${room}/agents-settings`)
    await olga.button('Edit Parley').click()
    const select = page.getByLabel('Model', { exact: true })
    expect(await select.locator('option').first().getAttribute('value')).toBe('default')
    await select.selectOption({ label: `${model} (The fake)` })
    await page.getByLabel('Instruction').fill('Answer briefly.')
    await olga.button('Save agent').click()
    await olga.button('Edit Parley').waitFor()
    const asker = await stage.person(owner, { room, lane: 'agents' })
    await asker.say('who answers with what?')
    await asker.seesReply('complete')
    expect(stage.model.requests.at(-1)).toMatchObject({ model, authorization: 'Bearer zq-0123456789abcdef' })

    // And what it was before comes back.
    await olga.button('Edit Parley').click()
    expect(await page.getByLabel('Instruction').inputValue()).toBe('Answer briefly.')
    await olga.button('Restore version 1').click()
    await page.locator('[data-version="3"]').waitFor()
    expect(await page.getByLabel('Instruction').inputValue()).not.toBe('Answer briefly.')
    expect(await select.inputValue()).toBe('default')
  })
})

it('[R116] the models of an instance and the versions of an agent have no barrier, on a phone and a desk', async () => {
  const room = await stage.room(owner)
  const saved = await owner.fetch(new URL(`/rooms/${room}/commands`, owner.origin), {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ type: 'save-agent', agent: 'parley', profile: { instruction: 'Be brief.' } }),
  })
  expect(saved.status).toBe(200)
  for (const viewport of [
    { width: 390, height: 844 },
    { width: 1280, height: 900 },
  ]) {
    const olga = await stage.person(owner, { options: { viewport, ...WITH_AXE } })
    await olga.page.goto('/instance')
    await olga.page.getByText('Connect a model').click()
    expect(await barriers(olga), `instance ${viewport.width}`).toEqual([])
    await olga.page.goto(`/rooms/${room}/agents-settings?agent=parley`)
    await olga.page.locator('[data-version]').first().waitFor()
    expect(await barriers(olga), `agent ${viewport.width}`).toEqual([])
    expect(await olga.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  }
})
