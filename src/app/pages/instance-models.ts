// POST `/instance/models`: the instance's owner connects a model, tests it, makes it the default or removes it [R160].
import { env } from 'cloudflare:workers'
import { createElement, type ReactElement } from 'react'
import type { RequestInfo } from 'rwsdk/worker'
import { z } from 'zod'
import { accept, refuse, type Refusal, type Result } from '../../conversation/refusal'
import { Buckets } from '../../limits/buckets'
import type { ModelSettings } from '../../models/model-settings'
import { modelWith } from '../../models/choose-model'
import { parseConnection, type Faults, type Typed } from '../../models/offer/connection'
import { isSetByEnvironment } from '../../models/offer/offer'
import { testCall } from '../../models/offer/test-call'
import { chooseDefault, connectedModels, connectModel, noteTest, removeModel } from '../directory/connected-models'
import { form } from '../forms/form'
import { runsHere } from '../requests/runs-here'
import { asInstanceOwner, instancePage } from './instance'
import { RefusalPage } from './RefusalPage'

/** Each costs its owner something, however little. */
const tests = new Buckets({ burst: 10, perSecond: 1 / 6 }, 10)

const BACK = { path: '/instance#models' }

const short = z.string().max(1_000).optional()
const fields = z.object({
  intent: z.enum(['connect', 'test', 'default', 'no-default', 'remove']).default('connect'),
  id: short,
  provider: short,
  model: short,
  key: short,
  address: short,
  account: short,
  label: short,
})
type Fields = z.infer<typeof fields>

export const postModel = form({
  fields,
  act: async (asked, { ctx }) => {
    const owner = await asInstanceOwner(ctx.viewer)
    if (!owner.ok) return owner
    const done = asked.intent === 'connect' ? await connect(asked) : await decide(asked.intent, asked.id ?? '')
    return done.ok ? accept(BACK) : done
  },
  page: (refusal, asked, info) => refusedPage(refusal, asked, info),
})

async function connect(asked: Fields): Promise<Result> {
  const parsed = parseConnection(typedOf(asked), runsHere(env))
  return parsed.ok ? connectModel(env, parsed.connection, Date.now()) : refuse('malformed', Object.values(parsed.faults).join(' '))
}

async function decide(intent: Exclude<Fields['intent'], 'connect'>, id: string): Promise<Result> {
  switch (intent) {
    case 'test':
      return test(id)
    case 'remove':
      return removeModel(env, id)
    case 'default':
    case 'no-default':
      if (isSetByEnvironment(env)) return refuse('malformed', 'Where Parley runs, the environment says which model is the default: change it there.')
      return chooseDefault(env, intent === 'default' ? id : null)
    default:
      return intent satisfies never
  }
}

async function test(id: string): Promise<Result> {
  const model = (await connectedModels(env)).find((model) => model.id === id)
  if (!model) return refuse('no_such_message', 'That model is not connected any more.')
  const wait = tests.take('', Date.now())
  if (wait > 0) return refuse('too_fast', 'That were many tests. Wait a moment before the next one.', wait)
  const settings = await model.settings()
  await noteTest(
    env,
    id,
    settings ? await outcome(settings) : 'Its key cannot be read any more, because this instance has another secret. Connect it again.',
    Date.now(),
  )
  return accept(undefined)
}

async function outcome(settings: ModelSettings): Promise<string> {
  const choice = modelWith(settings, env, { count: () => 0, search: () => [], newest: () => [], here: () => [] })
  if (!choice.ok) return choice.failure.text
  const key = 'apiToken' in settings ? settings.apiToken : 'apiKey' in settings ? (settings.apiKey ?? null) : null
  return testCall(choice.chosen, key, Date.now)
}

/** What was typed stays, but for the key: no page has one in it. */
async function refusedPage(refusal: Refusal, asked: Fields | null, { request, ctx }: RequestInfo): Promise<ReactElement> {
  const owner = asked?.intent === 'connect' ? await asInstanceOwner(ctx.viewer) : null
  if (!asked || !owner?.ok) return createElement(RefusalPage, { refusal, viewer: ctx.viewer, back: '/instance' })
  const parsed = parseConnection(typedOf(asked), runsHere(env))
  const faults: Faults = parsed.ok ? (refusal.code === 'name_taken' ? { model: refusal.message } : {}) : parsed.faults
  const message = Object.keys(faults).length === 0 ? refusal.message : ''
  const { key: _key, ...typed } = typedOf(asked)
  return instancePage(owner.value, new URL(request.url).searchParams, { typed, faults, message })
}

/** A browser sends every field; those of another provider say nothing. */
function typedOf({ intent: _intent, id: _id, ...typed }: Fields): Typed {
  return Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined))
}
