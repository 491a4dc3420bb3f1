import { expect, test } from 'vitest'
import { modelFor } from './choose-model'
import { withKnownContext } from './known-context'
import type { ModelSettings } from './model-settings'
import type { RoomReader } from './room-reader'

const room: RoomReader = { count: () => 0, search: () => [], newest: () => [], here: () => [] }
const NOW = Date.UTC(2026, 8, 20)

async function sizes(settings: ModelSettings): Promise<readonly number[]> {
  const choice = await withKnownContext({ ok: true, chosen: modelFor(settings, room) }, NOW)
  return choice.ok ? [choice.chosen.contextTokens, choice.chosen.maxOutputTokens] : []
}

test('[R162] a model that takes little is asked for little, and one that takes much for no more than a chat needs', async () => {
  expect(await sizes({ provider: 'openai', model: 'gpt-4', apiKey: 'k' })).toEqual([8_192, 4_096])
  expect(await sizes({ provider: 'openai', model: 'gpt-4o', apiKey: 'k' })).toEqual([32_000, 16_000])
})

test('[R162] what the registry does not know has the context that is safe there', async () => {
  expect(await sizes({ provider: 'openai', model: 'never-heard-of', apiKey: 'k' })).toEqual([32_000, 16_000])
  expect(await sizes({ provider: 'compatible', model: 'gpt-4', baseUrl: 'http://localhost:11434/v1' })).toEqual([8_000, 4_000])
  expect(await sizes({ provider: 'compatible', model: 'gpt-4', baseUrl: 'https://models.example/v1' })).toEqual([8_000, 4_000])
  expect(await sizes({ provider: 'guide' })).toEqual([32_000, 8_000])
  const failure = { code: 'configuration', text: 'No.' } as const
  expect(await withKnownContext({ ok: false, failure }, NOW)).toEqual({ ok: false, failure })
})
