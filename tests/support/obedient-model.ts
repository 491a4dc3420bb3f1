// A language model that does whatever it reads last, whoever wrote it.
import type { LanguageModelV4 } from '@ai-sdk/provider'
import { scriptedModel } from './scripted-model'

export type Orders = Readonly<Record<string, readonly [tool: string, input: unknown]>>

/** `orders`: what it does where it reads `<<name>>`, in what people say or tools answer. */
export function obedientModel(orders: Orders): LanguageModelV4 {
  return {
    ...scriptedModel([], []),
    doStream: (options) => {
      const read = JSON.stringify(options.prompt.at(-1)?.content)
      const step = [...read.matchAll(/<<(\w+)>>/g)].flatMap(([, name = '']) => {
        const [tool, input] = orders[name] ?? []
        return tool === undefined ? [] : [[tool, JSON.stringify(input)] as const]
      })
      return scriptedModel([step.length === 0 ? ['Done.'] : step], []).doStream(options)
    },
  }
}
