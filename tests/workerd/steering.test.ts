// "Now" to an agent that uses tools: nothing of what it does is broken off or done twice, and it hears what was said at its next step.
import { expect, test } from 'vitest'
import { endOf, promptsOf } from '../../src/conversation/engaged'
import type { MessageId } from '../../src/conversation/ids'
import { askingTool, toolCalled } from '../support/tools'
import { waitFor } from '../support/wait-for'
import { ann, bo } from './house'
import { Tooled } from './tooled'

/** A room in which a call runs until it is let go. */
async function running(effect: 'none' | 'outside') {
  const gate: { open: () => void; ran: number } = { open: () => {}, ran: 0 }
  const slow = async () => {
    gate.ran += 1
    await new Promise<void>((resolve) => (gate.open = resolve))
    return { ok: true, output: 'slowly done' } as const
  }
  const tool = effect === 'none' ? toolCalled('slow', slow) : askingTool('slow', slow, { policy: 'auto' })
  const room = await Tooled.open([['Beginning.', ['slow', '{}']], [['quick', '{}']], ['All of it.']], [tool, toolCalled('quick')])
  if (effect === 'outside') await room.house.ask(ann, { type: 'save-policy', tool: 'slow', mode: 'auto' })
  await room.house.ask(ann, { type: 'save-agent', agent: 'sage' as never, profile: { mode: 'mention', instruction: 'Be still.' } })
  await room.house.post(ann, 'do it')
  await waitFor('the call', () => gate.ran === 1)
  room.house.stage.now += 4_000
  return { room, gate }
}

const replies = async ({ house }: Tooled) => (await house.messages()).filter(({ role }) => role === 'assistant')

test.each(['none', 'outside'] as const)(
  '[R271] [R127] a call of effect %s runs to its end, and the same reply answers what was said meanwhile',
  async (effect) => {
    const { room, gate } = await running(effect)
    const watcher = await room.house.connect(bo)
    const posted = 'post-now' as MessageId
    await room.house.ask(ann, { type: 'post', id: posted, text: 'and make it short', when: 'now' })
    const [first, merged] = await replies(room)
    expect(first?.metadata.status).toBe('streaming')
    expect(first && promptsOf(first.metadata)).toContain(posted)
    expect(merged && [merged.metadata.status, endOf(merged.metadata)?.how]).toEqual(['stopped', 'merged'])
    await room.house.inside(() => gate.open())
    await waitFor('its end', async () => (await replies(room))[0]?.metadata.status === 'complete')
    const [reply] = await replies(room)
    expect(reply?.parts.map((part) => (part.type === 'dynamic-tool' ? `${part.toolName} ${part.state}` : part.type === 'text' ? part.text : ''))).toEqual([
      'Beginning.',
      'slow output-available',
      'quick output-available',
      'All of it.',
    ])
    // After what the first call answered, and before what was done next: also in the step after.
    const roles = room.prompts.map(({ prompt }) => prompt.slice(prompt.findLastIndex(({ role }) => role === 'system') + 1).map(({ role }) => role))
    expect(roles.at(-2)).toEqual(['user', 'assistant', 'tool', 'user'])
    expect(roles.at(-1)).toEqual(['user', 'assistant', 'tool', 'user', 'assistant', 'tool'])
    expect(JSON.stringify(room.prompts.at(-1)?.prompt.at(-3))).toContain('and make it short')
    expect([gate.ran, room.prompts.length]).toEqual([1, 3])
    const shown = () => watcher.timeline.messages.find(({ id }) => id === reply?.id)
    await watcher.until('its end', () => shown()?.metadata.status === 'complete')
    expect((await room.house.messages()).find(({ id }) => id === reply?.id)).toEqual(shown())
  },
)

test('[R271] [R184] what was to be heard is heard after a crash, too, and the call that had begun is not made again', async () => {
  const { room, gate } = await running('outside')
  await room.house.ask(ann, { type: 'post', id: 'post-now' as MessageId, text: 'and make it short', when: 'now' })
  await room.house.crash()
  await room.house.connect(ann)
  await waitFor('its end', async () => (await replies(room))[0]?.metadata.status === 'complete')
  const [reply] = await replies(room)
  expect(reply?.parts).toMatchObject([{}, { state: 'output-error', errorText: expect.stringContaining('may have happened') }, {}, {}])
  expect(reply && promptsOf(reply.metadata)).toContain('post-now')
  expect(gate.ran).toBe(1)
})

test('[R271] one that waits to be heard and is stopped meanwhile ends with it', async () => {
  const { room, gate } = await running('outside')
  await room.house.ask(ann, { type: 'post', id: 'post-now' as MessageId, text: 'and make it short', when: 'now' })
  await room.house.ask(ann, { type: 'stop' })
  await room.house.inside(() => gate.open())
  await waitFor('no reply is open', async () => (await replies(room)).every(({ metadata: { status } }) => status === 'stopped'))
  expect(room.prompts).toHaveLength(1)
})
