// What is found in words once they are read: mentions, boxes to tick, and which bare addresses are links. All of it is
// text that stays the same whether it is found or not, so that beyond the budget it is simply left.
import type { MarkdownIt, StateCore, Token } from 'markdown-it'
import { boundedAddresses, isAddress } from './addresses'
import { linkWords } from './link-words'
import type { Mentions } from './mentions'
import { costOfFormula, readingOf, type Budget } from './reading'

const BOX = /^\[([ xX])\](?=\s)/

export function finds(md: MarkdownIt): void {
  md.linkify.set({ fuzzyLink: true, fuzzyEmail: true, fuzzyIP: false })
  md.linkify.add('ftp:', null).add('//', null)
  boundedAddresses(md)
  md.core.ruler.push('finds', (state) => {
    const { budget, mentions } = readingOf(state.env)
    for (const [at, token] of state.tokens.entries()) {
      if (token.type === 'list_item_open') numberItem(state.tokens, at)
      if (token.type === 'maths') payFormula(token, budget)
      if (token.type !== 'inline' || !token.children) continue
      token.children = withFinds(state, token.children, budget, mentions)
      if (state.tokens[at - 1]?.type === 'paragraph_open' && state.tokens[at - 2]?.type === 'list_item_open') findBox(state, token.children)
    }
  })
}

function withFinds(state: StateCore, words: readonly Token[], budget: Budget, mentions: Mentions): Token[] {
  const found: Token[] = []
  let links = 0
  for (const [at, token] of words.entries()) {
    if (token.type === 'link_open') links += 1
    if (token.type === 'maths') payFormula(token, budget)
    if (token.type === 'footnote' && (budget.finds -= 1) < 0) token.info = 'plain'
    if (token.type === 'link_close') links -= 1
    if (token.markup === 'linkify' && token.type === 'link_open' && !isTaken(words[at + 1], budget)) token.info = 'inert'
    if (token.markup === 'linkify' && token.type === 'link_close' && words[at - 2]?.info === 'inert') token.info = 'inert'
    if (token.type === 'text' && links === 0 && mentions.test(token.content)) found.push(...withMentions(state, token, budget, mentions))
    else found.push(token)
  }
  // What is drawn, and what is not, is known now.
  for (const [at, token] of words.entries()) {
    if (token.type === 'link_open' && token.info !== 'inert') token.meta = { ...token.meta, words: linkWords(words, at) }
  }
  return found
}

function isTaken(address: Token | undefined, budget: Budget): boolean {
  const text = address?.content ?? ''
  if (budget.finds <= 0 || !isAddress(text)) return false
  budget.finds -= 1
  return true
}

function withMentions(state: StateCore, token: Token, budget: Budget, mentions: Mentions): readonly Token[] {
  const text = token.content
  const pieces: Token[] = []
  let end = 0
  for (const { index, length } of mentions.in(text)) {
    if (budget.finds <= 0) break
    budget.finds -= 1
    pieces.push(made(state, 'text', text.slice(end, index)), made(state, 'mention', text.slice(index, index + length)))
    end = index + length
  }
  return [...pieces, made(state, 'text', text.slice(end))]
}

/** A formula beyond the budget is its source. */
function payFormula(token: Token, budget: Budget): void {
  if (token.info === 'source') return
  budget.finds -= costOfFormula(token)
  if (budget.finds < 0) token.info = 'source'
}

/** An item that does not go on counting keeps the number that was typed; all of one number is a way to have them counted. */
function numberItem(tokens: readonly Token[], at: number): void {
  const item = tokens[at]
  let before = at - 1
  while (before >= 0 && !(tokens[before]?.level === item?.level && tokens[before]?.type === 'list_item_open')) {
    if ((tokens[before]?.level ?? 0) < (item?.level ?? 0)) return
    before -= 1
  }
  const [number, last] = [Number(item?.info), Number(tokens[before]?.info)]
  if (item?.info && before >= 0 && number !== last && number !== last + 1) item.meta = { value: number }
}

function findBox(state: StateCore, words: Token[]): void {
  const [first] = words
  const [mark, inside] = first?.type === 'text' ? (BOX.exec(first.content) ?? []) : []
  if (!first || mark === undefined) return
  first.content = first.content.slice(mark.length + 1)
  words.unshift(made(state, 'checkbox', inside === ' ' ? '' : 'x'))
}

function made(state: StateCore, type: string, content: string): Token {
  const token = new state.Token(type, '', 0)
  token.content = content
  return token
}
