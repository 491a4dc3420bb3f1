import { describe, expect, test } from 'vitest'
import type { HeldTold } from '../../conversation/engaged'
import type { MemberId } from '../../conversation/ids'
import type { Hold } from '../../conversation/why'
import { heldLine } from './held-line'

const held = (names: string, hold: Hold = 'not-addressed'): readonly HeldTold[] =>
  names.split(' ').map((name) => ({ agent: name.toLowerCase() as MemberId, name, hold }))
const PHONE = 52
const DESK = 108
const ELEVEN = 'Parley Scout Critic Scribe Ada Bob Cy Dee Eve Fay Gus'

describe('[R179] the line of agents that were held back', () => {
  test.each([
    ['one, on a phone', held('Parley'), PHONE, 'Parley', 0, false],
    ['one of whom most is to be said', held('Parley', 'somebody-else-addressed'), PHONE, 'Parley', 0, false],
    ['one with a long name', held('Hildegard-von-Bingen-the-Elder'), PHONE, 'Hildegard-von-Bingen-the-Elder', 0, true],
    ['one with a long name in ideographs', held('中'.repeat(16)), PHONE, '中'.repeat(16), 0, true],
    ['three, on a phone', held('Parley Scout Critic'), PHONE, 'Parley', 2, false],
    ['three at a desk', held('Parley Scout Critic'), DESK, 'Parley Scout Critic', 0, false],
    ['three by two rules, at a desk', [...held('Scout', 'off'), ...held('Parley Critic')], DESK, 'Scout Parley Critic', 0, false],
    ['eleven at a desk', held(ELEVEN), DESK, 'Parley Scout Critic Scribe', 7, false],
    ['eleven on a phone', held(ELEVEN), PHONE, 'Parley', 10, false],
    [
      'those of one rule stand together, the first first',
      [...held('Scout', 'off'), ...held('Parley'), ...held('Critic', 'off')],
      DESK,
      'Scout Critic Parley',
      0,
      false,
    ],
  ] as const)('%s', (_what, all, most, names, more, isCut) => {
    const line = heldLine(all, most)
    expect({
      ...line,
      groups: line.groups
        .flat()
        .map(({ name }) => name)
        .join(' '),
    }).toEqual({ groups: names, more, isCut })
  })
})
