// What a new agent can begin as, in the order in which the page of agents offers it. The first is what a new room has.
import { BUILDER } from './builder'
import { CRITIC } from './critic'
import { PARLEY } from './parley'
import { SCOUT } from './scout'
import { SCRIBE } from './scribe'
import type { Template } from './template'

export const TEMPLATES: readonly [Template, ...Template[]] = [PARLEY, SCOUT, SCRIBE, CRITIC, BUILDER]
