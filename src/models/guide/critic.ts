// Critic, as far as a program can be: questions back, each because of a word that was said.
import type { Means } from './means'
import type { Question } from './question'
import { quote } from './quote'

const MOST = 3
const LOOKED_BACK = 20
/** Shorter is no proposal, but a call to look at one, in characters. */
const PROPOSAL = 25

/** The first that fit are asked. */
const BACK: readonly (readonly [because: RegExp, ask: string])[] = [
  [/\b\d+(?:[.,]\d+)?\s*(?:%|percent\b)/i, 'That share: of what, counted by whom, and when?'],
  [/\b(?:always|never|everybody|everyone|nobody|all|none|every)\b/i, 'Is there really no exception? One counterexample would settle it.'],
  [/\b(?:obviously|clearly|of course|simply|just|easy|easily)\b/i, 'What makes it so plain? Say the step that was left out.'],
  [/\b(?:faster|slower|better|worse|cheaper|safer|more|less|best|most)\b/i, 'Compared with what, and measured how?'],
  [/\b(?:should|must|have to|need to|let['’]s)\b/i, 'What would it cost, and what happens if it is left undone?'],
  [/\b(?:because|so that|therefore|since|causes?|leads? to)\b/i, 'How do we know that the one follows from the other?'],
  [/\b(?:tomorrow|today|soon|(?:mon|tues|wednes|thurs|fri|satur|sun)day|week|month|deadline)\b/i, 'What has to be true by then, and who says when it is?'],
  [/\b(?:users?|customers?|people|they)\b/i, 'Which of them said so, and how many were asked?'],
]
const OTHERWISE = ['What would show that this is wrong?', 'What was tried before, and why was it given up?']

export function askedBack({ text, seq }: Question, means: Means): string {
  const isProposal = text.length >= PROPOSAL && !text.endsWith('?')
  const before = isProposal ? undefined : means.newest(LOOKED_BACK).findLast((message) => message.kind === 'person' && (seq === null || message.seq < seq))
  const looked = before?.text ?? text
  const asked = BACK.filter(([because]) => because.test(looked.slice(0, 2_000))).map(([, ask]) => ask)
  const questions = [...asked, ...OTHERWISE].slice(0, Math.max(2, Math.min(asked.length, MOST)))
  const about = looked === '' ? 'Before I object' : `On “${quote(looked)}”, I ask back`
  return `${about}:\n\n${questions.map((question, at) => `${at + 1}. ${question}`).join('\n')}`
}
