// The highlighter itself: lowlight with the languages that chats are full of. Loaded on demand by use-highlight.
import { createElement, type ReactNode } from 'react'
import type { ElementContent, RootContent } from 'hast'
import bash from 'highlight.js/lib/languages/bash'
import css from 'highlight.js/lib/languages/css'
import diff from 'highlight.js/lib/languages/diff'
import go from 'highlight.js/lib/languages/go'
import java from 'highlight.js/lib/languages/java'
import json from 'highlight.js/lib/languages/json'
import markdown from 'highlight.js/lib/languages/markdown'
import python from 'highlight.js/lib/languages/python'
import rust from 'highlight.js/lib/languages/rust'
import sql from 'highlight.js/lib/languages/sql'
import typescript from 'highlight.js/lib/languages/typescript'
import xml from 'highlight.js/lib/languages/xml'
import yaml from 'highlight.js/lib/languages/yaml'
import { createLowlight } from 'lowlight'

const lowlight = createLowlight({ bash, css, diff, go, java, json, markdown, python, rust, sql, typescript, xml, yaml })
// TypeScript's grammar reads JavaScript too; one of them is enough.
lowlight.registerAlias({ typescript: ['javascript', 'js', 'jsx', 'mjs', 'cjs'], bash: ['shell', 'console', 'terminal'] })

/** Coloured code, or null for a language that is not known here. */
export function highlight(code: string, language: string): ReactNode | null {
  const name = language.toLowerCase()
  if (!lowlight.registered(name)) return null
  return lowlight.highlight(name, code).children.map(toNode)
}

function toNode(node: RootContent | ElementContent, index: number): ReactNode {
  if (node.type === 'text') return node.value
  if (node.type !== 'element') return null
  const names = node.properties.className
  return createElement('span', { key: index, className: Array.isArray(names) ? names.join(' ') : '' }, node.children.map(toNode))
}
