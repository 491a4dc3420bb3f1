import { expect, test } from 'vitest'
import { MAX_AT_ONCE, parseAgentProfile } from '../../conversation/agent-profile'
import { TEMPLATES } from './templates'

test.each(TEMPLATES.map((template) => [template.name, template] as const))('[R128] %s is a profile as it stands', (_name, template) => {
  const taken = TEMPLATES.filter((other) => other !== template).map(({ handle }) => handle)
  expect(parseAgentProfile(template, taken)).toEqual({ ok: true, profile: { ...template, model: 'default', atOnce: MAX_AT_ONCE }, order: null })
})

test('[R128] a new room has Parley, who speaks when it is plain that it is meant; all others wait to be called', () => {
  expect(TEMPLATES.map(({ handle, mode }) => `${handle} ${mode}`)).toEqual([
    'parley auto',
    'scout mention',
    'scribe mention',
    'critic mention',
    'builder mention',
  ])
})

test('[R128] no two look the same', () => {
  for (const field of ['handle', 'name', 'colour', 'emoji', 'instruction'] as const)
    expect(new Set(TEMPLATES.map((template) => template[field])).size).toBe(TEMPLATES.length)
})
