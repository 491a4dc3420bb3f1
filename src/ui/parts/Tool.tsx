'use client'
// The place of a call of a tool: what the server drew of it stays until the browser can draw it, and one that came since is its name until then.
import type { DynamicToolUIPart } from 'ai'
import { createElement, useContext, useEffect } from 'react'
import { factsOf } from '../../conversation/tool-part'
import { StandingContext } from './standing'
import { loadToolCall, useToolCall } from './tools-on-demand'

export function Tool({ part }: { readonly part: DynamicToolUIPart }) {
  const stands = useContext(StandingContext) !== 'nowhere'
  const ToolCall = useToolCall(stands)
  useEffect(() => void loadToolCall(), [])
  return ToolCall ? createElement(ToolCall, { part }) : <p className="tool-place">{factsOf(part).tool}</p>
}
