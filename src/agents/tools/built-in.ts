// The tools that every agent has.
import { CALCULATE } from './calculate'
import { NOW } from './now'
import { offered } from './offered'
import { READ_MESSAGES } from './read-messages'
import { SEARCH_ROOM } from './search-room'
import type { OfferedTool } from './tool'
import { WHO_IS_HERE } from './who-is-here'

export const BUILT_IN: readonly OfferedTool[] = [offered(SEARCH_ROOM), offered(READ_MESSAGES), offered(WHO_IS_HERE), offered(CALCULATE), offered(NOW)]
