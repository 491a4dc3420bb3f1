// Has an agent of the room do something later, for whoever asked.
import { z } from 'zod'
import { MAX_TASK, MAX_WHEN } from '../../conversation/schedule'
import type { Result } from '../../conversation/refusal'
import type { Tool } from './tool'

/** What is asked for later: it knows for whom. */
export interface Planner {
  /** `agent`: a handle or a name; the one that asks where it is left out. Answers what was planned, in words. */
  add(task: string, when: string, agent?: string): Result<{ readonly when: string; readonly next: string; readonly agent: string }>
}

const input = z.object({
  when: z
    .string()
    .min(1)
    .max(MAX_WHEN)
    .describe(
      'When, by the clocks of the room: “every weekday at 9”, “every monday and thursday at 17:00”, “every 2 hours”, “in 45 minutes”, “tomorrow at 14:30”, “on friday at 9”, “2026-12-24 18:00”, or five fields of cron.',
    ),
  task: z.string().min(1).max(MAX_TASK).describe('What is to be done then, as it would be asked for then. It has to make sense by itself.'),
  agent: z.string().min(1).max(64).optional().describe('The handle of the agent that is to do it; you, where it is left out.'),
})

export function schedule(planner: Planner): Tool<z.infer<typeof input>> {
  return {
    name: 'schedule',
    description:
      'Plans something for later, once or again and again: at that time the agent is asked for it in the room, in the name of whoever asks you now, who can cancel it on the page “Schedules”. Use it only when somebody asks for something at a time, or regularly.',
    input,
    effect: 'room',
    run: ({ when, task, agent }) => {
      const planned = planner.add(task, when, agent)
      return planned.ok ? { ok: true, output: { planned: planned.value } } : { ok: false, text: planned.refusal.message }
    },
  }
}
