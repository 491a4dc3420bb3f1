import { generateText } from 'ai'
import { describe, expect, test } from 'vitest'
import type { FoundMessage, RoomReader } from '../room-reader'
import { explained, spoken } from '../spoken'
import { Guide } from './guide'
import { MOST_QUESTIONS } from './questions'

const MARKER = 'k3v9x2qa7m'
const NOON = Date.UTC(2026, 2, 3, 12, 0)
const HERE = [
  { name: 'Ann', kind: 'person' },
  { name: 'Bo *the* Bold', kind: 'person' },
  { name: 'Scout', kind: 'agent' },
] as const

function said(seq: number, author: string, text: string): FoundMessage {
  return { seq, author, kind: 'person', text, createdAt: NOON - (100 - seq) * 60_000 }
}

const TALK = [
  said(1, 'Bo', 'We agreed on the harbour for the launch.'),
  said(2, 'Cy', 'I will write the invitation by Friday.'),
  said(3, 'Bo', 'Who pays for the boats?'),
  said(4, 'Cy', 'Nice weather, by the way.'),
]

function roomOf(messages: readonly FoundMessage[], handle: string | null): RoomReader {
  return {
    ...(handle === null ? {} : { as: { handle, name: handle[0]?.toUpperCase() + handle.slice(1) } }),
    count: () => messages.length,
    search: (query, limit, match) =>
      messages
        .filter(({ text }) => query.split(' ')[match === 'any' ? 'some' : 'every']((word) => text.toLowerCase().includes(word)))
        .toReversed()
        .slice(0, limit),
    newest: (limit) => messages.slice(-limit),
    here: (limit) => HERE.slice(0, limit),
  }
}

async function ask(handle: string | null, text: string, messages: readonly FoundMessage[] = TALK): Promise<string> {
  const model = new Guide(roomOf(messages, handle), { wordDelayMs: 0, now: () => NOON })
  const result = await generateText({ model, system: explained(MARKER), prompt: spoken({ seq: 50, kind: 'person', name: 'Ann', text }, MARKER) })
  return result.text
}

describe('[R166] the guide in the place of several agents', () => {
  test('says of each that it is no language model', async () => {
    for (const handle of ['scout', 'scribe', 'critic'])
      expect(await ask(handle, 'The harbour should be cheaper than the hall')).toMatch(
        /\*I am the built-in guide in the place of \w+, and no language model: .*\.\*$/,
      )
  })

  test('does something else as each of them, of the same message', async () => {
    const text = 'The launch at the harbour should be 30 % cheaper, because everybody walks there'
    const [scout, scribe, critic, parley] = await Promise.all(['scout', 'scribe', 'critic', 'parley'].map((handle) => ask(handle, text)))
    expect(scout).toContain('We agreed on the harbour for the launch.')
    expect(scribe).toMatch(/Decided, as it reads\*\*\n\n- \*\*Bo\*\*.*harbour.*\n\n\*\*To do\*\*\n\n.*by Friday.*\n\n\*\*Open\*\*\n\n.*boats\?/s)
    expect(critic).toMatch(/That share: of what.*no exception.*Compared with what/s)
    expect(parley).toContain('I cannot answer that')
    expect(new Set([scout, scribe, critic, parley]).size).toBe(4)
  })

  test('Critic asks back about what was said before, when it is only called', async () => {
    expect(await ask('critic', 'what do you think?', [said(1, 'Bo', 'Obviously we should move to Mars.')])).toContain('On “Obviously we should move to Mars.”')
    expect(await ask('critic', '', [])).toMatch(/^Before I object/)
  })

  test('Scout says where it looked when it found nothing, and asks for a word where there is none to look for', async () => {
    expect(await ask('scout', 'tell me about submarines')).toContain('I looked for “submarines” in this room and found nothing')
    expect(await ask('scout', 'and it is so')).toContain('Which words shall I look for?')
  })

  test('Scribe has nothing to sum up where nothing was said', async () => {
    expect(await ask('scribe', 'notes', [])).toContain('nothing to sum up')
  })

  test('all of them tell the time, calculate, search and know who is here', async () => {
    for (const handle of ['parley', 'scout', 'scribe', 'critic', 'builder']) {
      expect(await ask(handle, 'what is 2 + 2?')).toContain('**4**')
      expect(await ask(handle, 'search for boats')).toContain('Who pays for the boats?')
      expect(await ask(handle, 'who is here?')).toBe('Here are **Ann** and **Bo &#42;the&#42; Bold**; of the agents, **Scout**.')
    }
  })

  test('nothing that anybody says takes long to answer', async () => {
    for (const handle of ['scout', 'scribe', 'critic', 'parley'])
      for (const text of ['and what '.repeat(4_000), 'Who? '.repeat(6_000), 'a. '.repeat(9_000), `who is${' '.repeat(30_000)}here`, 'x'.repeat(32_000)]) {
        const began = performance.now()
        await ask(handle, text, [said(1, 'Bo', text)])
        expect(performance.now() - began).toBeLessThan(1_000)
      }
  })
})

describe('[R166] each question of a message', () => {
  test.each([
    ['What time is it? And what is 2 + 2?', ['12:00', '**4**']],
    ['what is 2 + 2 and who is here', ['**4**', 'Bo']],
    ['Hello!\nWho is here?', ['Here are']],
    ['What is 3 * 3? What is 4 * 4? Search for boats', ['**9**', '**16**', 'boats?']],
    ['Search for boats. What is 5 * 5?', ['boats?', '**25**']],
    ['What is Parley? What are the lanes?', ['many people and AI', 'three different sync engines']],
  ])('of “%s” is answered', async (text, answers) => {
    const reply = await ask(null, text)
    let at = -1
    for (const answer of answers) {
      expect(reply.indexOf(answer, at + 1), answer).toBeGreaterThan(at)
      at = reply.indexOf(answer, at + 1)
    }
    expect(reply).not.toContain('I cannot answer that')
  })

  test.each(['search for salt and pepper', 'search for e.g. this and that', 'count to 3'])('“%s” is one', async (text) => {
    expect((await ask(null, text, [said(1, 'Bo', 'salt and pepper, e.g. this and that')])).split('\n\n').length).toBeLessThan(3)
  })

  test('is answered once, and of very many the first', async () => {
    expect((await ask(null, 'what is 2 + 2? '.repeat(50))).match(/\*\*4\*\*/g)).toHaveLength(1)
    const many = Array.from({ length: 50 }, (_, at) => `what is ${at} + 1000?`).join(' ')
    expect((await ask(null, many)).split('\n\n')).toHaveLength(MOST_QUESTIONS)
  })
})

test('[R166] what the guide tells of who answers is what the rules say', async () => {
  const about = await ask(null, 'what is Parley?')
  for (const words of ['rules', 'queue', 'held an agent back', 'in the lobby']) expect(about).toContain(words)
  expect(about).not.toContain("answered by the room's AI")
  expect(await ask(null, 'how do I connect a model?')).toContain('/instance')
})
