import { describe, expect, test } from 'vitest'
import type { ModelSettings } from '../model-settings'
import type { RoomReader } from '../room-reader'
import { foundModels, MOST_FOUND } from './found'
import { chooseOffered, type ConnectedModel, isMetered, isSetByEnvironment, offeredModels, type OfferEnvironment } from './offer'

const room: RoomReader = { count: () => 0, search: () => [], newest: () => [], here: () => [] }
const FOUND = JSON.stringify([
  { name: 'Ollama', url: 'http://127.0.0.1:11434/v1', models: ['llama3.2', 'qwen3 big'] },
  { name: 'LM Studio', url: 'http://127.0.0.1:1234/v1', models: ['gpt-oss'] },
])
const ENV = { MODEL: 'anthropic:c', ANTHROPIC_API_KEY: 'k' }

function connected(model: string, isDefault = false, settings: ModelSettings | null = { provider: 'openai', model, apiKey: 'k' }): ConnectedModel {
  return { id: `openai:${model}`, label: `${model} (OpenAI)`, isDefault, settings: async () => settings }
}
const shown = (environment: OfferEnvironment, models: readonly ConnectedModel[]) =>
  offeredModels(environment, models).map(({ id, origin, isDefault }) => `${isDefault ? '* ' : ''}${id} ${origin}`)
const chosen = async (named: string, environment: OfferEnvironment, models: readonly ConnectedModel[] = []) => {
  const choice = await chooseOffered({ name: 'Scout', model: named }, environment, models, room)
  return choice.ok ? choice.chosen.id : choice.failure
}

describe('[R163] the models of an instance', () => {
  test.each<readonly [OfferEnvironment, readonly ConnectedModel[], readonly string[]]>([
    [{}, [], ['* guide built-in']],
    [{}, [connected('a'), connected('b', true)], ['openai:a connected', '* openai:b connected', 'guide built-in']],
    [{}, [connected('a')], ['openai:a connected', '* guide built-in']],
    [
      { FOUND_MODELS: FOUND },
      [connected('a')],
      ['openai:a connected', '* openai:llama3.2@ollama found', 'openai:qwen3%20big@ollama found', 'openai:gpt-oss@lm-studio found', 'guide built-in'],
    ],
    [ENV, [connected('b', true)], ['* anthropic:c environment', 'openai:b connected', 'guide built-in']],
    [{ MODEL: 'guide' }, [connected('b', true)], ['openai:b connected', '* guide built-in']],
    [{ MODEL: 'openai:b', OPENAI_API_KEY: 'k' }, [connected('b')], ['* openai:b environment', 'guide built-in']],
    // What is wrong there is no leave to choose another.
    [{ MODEL: 'nonsense' }, [connected('b', true)], ['openai:b connected', 'guide built-in']],
  ])('of %o and %o', (environment, models, expected) => {
    expect(shown(environment, models)).toEqual(expected)
  })

  test.each<readonly [string, OfferEnvironment, readonly ConnectedModel[], boolean]>([
    ['default', {}, [], false],
    ['default', { MODEL: 'guide' }, [connected('a', true)], false],
    ['default', {}, [connected('a')], false],
    ['default', {}, [connected('a', true)], true],
    ['default', { FOUND_MODELS: FOUND }, [], true],
    ['default', ENV, [], true],
    ['guide', ENV, [connected('a', true)], false],
    ['openai:a', { MODEL: 'guide' }, [connected('a')], true],
    // Connected a moment ago, and not known here yet.
    ['openai:new', {}, [], true],
  ])('[R62] an agent on %s of %o and %o costs something: %s', (named, environment, models, costs) => {
    expect(isMetered(named, environment, models)).toBe(costs)
  })

  test('are chosen by the environment, where it says anything', () => {
    expect([{}, { MODEL: ' ' }, { MODEL: 'guide' }, ENV, { OPENAI_API_KEY: 'k' }, { MODEL: 'x' }].map(isSetByEnvironment)).toEqual([
      false,
      false,
      true,
      true,
      true,
      true,
    ])
  })

  test('an agent has the one that it names, and the default where it names none', async () => {
    expect(await chosen('default', {})).toBe('guide')
    expect(await chosen('default', {}, [connected('a', true)])).toBe('openai:a')
    expect(await chosen('default', { FOUND_MODELS: FOUND })).toBe('openai:llama3.2@ollama')
    expect(await chosen('default', ENV, [connected('a', true)])).toBe('anthropic:c')
    expect(await chosen('default', { MODEL: 'guide' }, [connected('a', true)])).toBe('guide')
    expect(await chosen('openai:a', ENV, [connected('a')])).toBe('openai:a')
    expect(await chosen('anthropic:c', ENV)).toBe('anthropic:c')
    expect(await chosen('guide', ENV)).toBe('guide')
    expect(await chosen('openai:gpt-oss@lm-studio', { FOUND_MODELS: FOUND })).toBe('openai:gpt-oss@lm-studio')
  })

  test('an agent whose model has gone says so, and gets no other', async () => {
    for (const environment of [{}, ENV, { FOUND_MODELS: FOUND }])
      expect(await chosen('openai:gone', environment, [connected('a', true)])).toEqual({
        code: 'configuration',
        text: 'The model of Scout, "openai:gone", is not here any more. The room’s owner can give Scout another one.',
      })
    expect(await chosen('openai:a', {}, [connected('a', true, null)])).toMatchObject({ code: 'configuration', text: expect.stringContaining('another secret') })
    expect(await chosen('default', { MODEL: 'nonsense' }, [connected('a', true)])).toMatchObject({ code: 'configuration' })
  })

  test('how long an answer may be is said by the environment for all of them', async () => {
    const choice = await chooseOffered({ name: 'Scout', model: 'openai:a' }, { MODEL_MAX_OUTPUT_TOKENS: '77' }, [connected('a')], room)
    expect(choice).toMatchObject({ ok: true, chosen: { maxOutputTokens: 77 } })
  })
})

test.each([undefined, '', 'x', 'null', '{}', '[1]', '[{"name":"a","url":"no","models":["x"]}]', '[{"name":"a","url":"http://a/v1","models":"x"}]'])(
  '[R163] nothing is found in %o',
  (text) => {
    expect(foundModels(text)).toEqual([])
  },
)

test('[R163] what is found is bounded', () => {
  const many = Array.from({ length: 500 }, (_, at) => `m${at}`)
  expect(foundModels(JSON.stringify([{ name: 'a', url: 'http://127.0.0.1/v1', models: [...many, 7, 'a\nb', '$(x)'] }]))).toHaveLength(MOST_FOUND)
})
