// A room whose agents use tools under a model that says what a test wrote down; and its cards, as its clients see them.
import type { LanguageModelV4CallOptions } from '@ai-sdk/provider'
import type { OfferedTool } from '../../src/agents/tools/tool'
import { takeTurn } from '../../src/agents/turn/turn'
import type { Command } from '../../src/conversation/command'
import type { Member } from '../../src/conversation/member'
import { type RecordOf, recordsOf } from '../../src/conversation/record'
import { type ScriptedStep, scriptedModel } from '../support/scripted-model'
import { waitFor } from '../support/wait-for'
import { House } from './house'

export type Card = RecordOf<'approval'>

export class Tooled {
  readonly house: House
  /** What the model was asked, over all crashes: it is a provider, which outlives the room. */
  readonly prompts: LanguageModelV4CallOptions[] = []

  private constructor(house: House) {
    this.house = house
  }

  static async open(steps: readonly ScriptedStep[], tools: readonly OfferedTool[]): Promise<Tooled> {
    const house = await House.open()
    const tooled = new Tooled(house)
    const model = scriptedModel(steps, tooled.prompts)
    house.stage.tools = tools
    house.stage.takes = async function* ({ history, reply, agent, tools, ...request }) {
      const prompt = reply.metadata.replyTo ? history.get(reply.metadata.replyTo) : null
      if (!agent || !prompt) throw new Error('a reply has an agent and a prompt')
      // Whose price is known without looking.
      const settings = { provider: 'guide' } as const
      const bounds = { contextTokens: 32_000, maxOutputTokens: 1_000, patienceMs: 60_000, longestMs: 3_600_000 }
      yield* takeTurn({
        ...request,
        agent,
        prompt,
        history: [],
        now: house.stage.now,
        tools: await tools(),
        toolless: new Set(),
        choice: { ok: true, chosen: { model, id: 'test', label: 'Test', wire: null, isGuide: false, settings, ...bounds } },
      })
    }
    return tooled
  }

  /** As they are kept. */
  async cards(): Promise<readonly Card[]> {
    return recordsOf((await this.house.snapshot()).records, 'approval')
  }

  /** Waits for cards of these tools to be open, and gives them in this order. */
  async open(...tools: readonly string[]): Promise<readonly Card[]> {
    let found: readonly Card[] = []
    await waitFor(`cards of ${tools.join(', ')}`, async () => {
      const open = (await this.cards()).filter(({ value }) => value.state === 'open')
      found = tools.flatMap((tool) => open.filter(({ value }) => value.tool === tool))
      return found.length === tools.length && (await this.status()) === 'asking'
    })
    return found
  }

  /** The code of the refusal, or null. */
  async says(who: Member, type: 'approve' | 'deny' | 'always-allow', { id, value }: Card, reason?: string): Promise<string | null> {
    const command: Command = type === 'deny' ? { type, approval: id, ...(reason === undefined ? {} : { reason }) } : { type, approval: id, hash: value.hash }
    const said = await this.house.ask(who, command)
    return said.ok ? null : said.refusal.code
  }

  async status(): Promise<string | undefined> {
    const [row] = await this.house.rows<{ status: string }>(`SELECT status FROM message WHERE author_kind = 'agent' ORDER BY seq DESC LIMIT 1`)
    return row?.status
  }

  async settles(status = 'complete'): Promise<void> {
    await waitFor(`the reply to be ${status}`, async () => (await this.status()) === status)
  }

  /** The newest reply as it is kept: its texts, and its calls as tool and state. */
  async kept(): Promise<readonly string[]> {
    const [row] = await this.house.rows<{ parts: string }>(`SELECT parts FROM message WHERE author_kind = 'agent' ORDER BY seq DESC LIMIT 1`)
    const parts = JSON.parse(row?.parts ?? '[]') as { readonly text?: string; readonly toolName?: string; readonly state?: string }[]
    return parts.map(({ text, toolName, state }) => text ?? `${toolName} ${state}`)
  }

  /** What its model was told last. */
  get told(): string {
    return JSON.stringify(this.prompts.at(-1)?.prompt)
  }
}
