// A tool of ours as a turn is offered it: its input is read by the schema that the model is shown.
import type { JSONSchema7 } from '@ai-sdk/provider'
import { z } from 'zod'
import { inWords } from '../../conversation/fault'
import type { OfferedTool, Tool } from './tool'

/** What is told of an input that is wrong: so many of its faults are enough to mend it. */
const MOST_FAULTS = 5

export function offered<Input>({ name, description, input, effect, limitMs, resumes, run }: Tool<Input>): OfferedTool {
  return {
    name,
    own: name,
    description,
    schema: z.toJSONSchema(input, { io: 'input', target: 'draft-7' }) as JSONSchema7,
    effect,
    policy: effect === 'outside' ? 'asker' : 'auto',
    ...(limitMs === undefined ? {} : { limitMs }),
    ...(resumes === undefined ? {} : { resumes }),
    read: (wrote) => {
      const read = input.safeParse(wrote)
      return read.success ? { ok: true, value: read.data } : { ok: false, text: `This input does not fit the tool: ${faults(read.error)}` }
    },
    // Read by this schema, a few lines above, whatever happened to it meanwhile.
    run: async (value, context) => run(value as Input, context),
  }
}

function faults({ issues }: z.ZodError): string {
  return `${issues.slice(0, MOST_FAULTS).map(inWords).join('; ')}.`
}
