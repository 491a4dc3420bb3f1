import { lazy, type ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { afterEach, expect, test, vi } from 'vitest'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Message, MessageMetadata } from '../../conversation/message'
import { LiveRow } from './LiveRow'
import { renderMessage } from './render'

function said(status: MessageMetadata['status']): Message {
  const author = { id: 'guide' as MemberId, name: 'Guide', kind: 'agent' } as const
  const metadata = { seq: 7, version: 9, author, status, createdAt: 0 }
  return { id: 'message-0007' as MessageId, role: 'assistant', parts: [{ type: 'text', text: 'Hello' }], metadata }
}

/** A leaf whose script never comes. */
const Never = lazy(() => new Promise<never>(() => {}))

/** The markup of a row in a browser, without what React writes for itself. */
const inBrowser = (message: Message, node: ReactNode) => {
  vi.stubGlobal('document', {})
  return renderToString(<LiveRow message={message} node={node} />).replaceAll(/<!--.*?-->|<template[^>]*><\/template>/g, '')
}

afterEach(() => vi.unstubAllGlobals())

test.each(['complete', 'failed', 'stopped', 'interrupted'] as const)(
  '[R298] a row whose leaves cannot be had is what the server would have made of it: %s',
  (status) => {
    const message = said(status)
    const whole = inBrowser(message, renderMessage(message, false))
    expect(whole).toContain('Hello')
    expect(inBrowser(message, <Never />)).toBe(whole)
    expect(inBrowser(message, undefined)).toBe(whole)
  },
)

test('[R298] on the server a row is its rendering and nothing around it', () => {
  const message = said('complete')
  expect(renderToString(<LiveRow message={message} node={renderMessage(message, false)} />)).not.toContain('<!--$')
})
