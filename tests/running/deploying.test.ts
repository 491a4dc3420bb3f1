import { expect, it } from 'vitest'
import { giveSecret } from '../../scripts/secret-on-cloudflare.mjs'
import { isGoodSecret } from '../../src/auth/secret'

interface Answer {
  readonly status: number | null
  readonly stdout: string
}

/** What it is asked to store while wrangler answers so. */
function stored(list: Answer, put: Answer = { status: 0, stdout: '' }): readonly (string | undefined)[] {
  const inputs: (string | undefined)[] = []
  giveSecret(([, verb], input) => {
    if (verb === 'list') return list
    inputs.push(input)
    return put
  })
  return inputs
}

const OTHERS = '[{"name":"MODEL","type":"secret_text"}]'
const HAS_IT = '[{"name":"MODEL","type":"secret_text"},{"name":"BETTER_AUTH_SECRET","type":"secret_text"}]'

it('[R34] a deployment is given a good key once', () => {
  expect(stored({ status: 0, stdout: '[]' }).map(isGoodSecret)).toEqual([true])
  expect(stored({ status: 0, stdout: OTHERS }).map(isGoodSecret)).toEqual([true])
  expect(stored({ status: 0, stdout: HAS_IT })).toEqual([])
})

it.each([
  { status: 1, stdout: '' },
  { status: 1, stdout: '[]' },
  { status: null, stdout: '[]' },
  { status: 0, stdout: '' },
  { status: 0, stdout: 'A network error: try again' },
  { status: 0, stdout: '{"error":"BETTER"}' },
])('[R34] no key is replaced when they cannot be listed: %j', (list) => {
  const given: string[] = []
  const wrangler = ([, verb = '']: readonly string[]) => {
    given.push(verb)
    return list
  }
  expect(() => giveSecret(wrangler)).toThrow('cannot be listed, so none was made or changed')
  expect(given).toEqual(['list'])
})

it('[R34] says that a key could not be stored', () => {
  expect(() => stored({ status: 0, stdout: '[]' }, { status: 1, stdout: '' })).toThrow('its secret could not be stored')
})
