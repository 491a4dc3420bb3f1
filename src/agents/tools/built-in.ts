// The tools that every agent has.
import type { OfferedTool } from './tool'

export const BUILT_IN: readonly OfferedTool[] = []
