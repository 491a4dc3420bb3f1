// Whom the words of a message speak to: who is mentioned in it, and whom it begins by speaking to. What is quoted or code
// speaks to nobody. Bounded work, whatever the text and the names [R41].
import { hasAtSign } from '../../conversation/at-sign'
import type { MemberId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import type { Looks } from '../looks'
import { mentionsIn, Names } from '../mentions'
import { withoutCode } from '../without-code'
import type { RoomFacts } from './facts'
import { withoutQuotes } from './quotes'

export interface SpeaksTo {
  readonly mentioned: ReadonlySet<MemberId>
  /** Whom it begins by speaking to: an @ and somebody's name, or the name of somebody who is here, and a comma. */
  readonly first: MemberId | null
}

/** What may stand before the first word: white space, emphasis, and marks that turn the direction of reading. */
const BEFORE = /^[\s*_~\u200e\u200f\u061c\u2066-\u2069]*/
/** A comma of any script, after what hangs on a name in Japanese and Korean. */
const COMMA = /^(?:さん|さま|様|君|くん|ちゃん|先生|님|씨)? {0,2}[,，、､،﹐︐፣᠂՝]/
/** A name and what may stand after it. */
const LOOKED_AT = 200

const NOBODY: SpeaksTo = { mentioned: new Set(), first: null }

/** Without `looks`, which browsers do not have, names are known only as they are typed. */
export function speaksTo(text: string, { agents, people, present }: Omit<RoomFacts, 'recent'>, looks: Looks | null): SpeaksTo {
  const said = withoutQuotes(text)
  const start = BEFORE.exec(said)?.[0].length ?? 0
  const named = COMMA_ANYWHERE.test(said.slice(start, start + LOOKED_AT)) ? byNameAndComma(said, start, [...callable(agents), ...known(present)], looks) : null
  if (!hasAtSign(said)) return named === null ? NOBODY : { ...NOBODY, first: named }
  const found = mentionsIn(said, [...callable(agents), ...known(people)], looks)
  const [opening] = found
  const first = opening !== undefined && opening.index <= start ? opening.member.id : named
  return { mentioned: new Set(found.map(({ member }) => member.id)), first }
}

const COMMA_ANYWHERE = /[,，、､،﹐︐፣᠂՝]/

/** In code nobody is spoken to, so a text that begins with code begins with no name. */
function byNameAndComma(text: string, start: number, members: readonly Member[], looks: Looks | null): MemberId | null {
  const prose = withoutCode(text)
  const found = new Names(members, looks).at(prose, start)
  return found && COMMA.test(prose.slice(start + found.length, start + found.length + 8)) ? found.member.id : null
}

/** An agent is called by its name and by its handle. */
function callable(agents: RoomFacts['agents']): readonly Member[] {
  return agents.flatMap((agent) => [agent, { id: agent.id, kind: agent.kind, name: agent.handle }])
}

/** "@Ann" speaks to Ann Petrova too; where another is called Ann and nothing more, that one is meant. */
function known(people: readonly Member[]): readonly Member[] {
  return [...people, ...people.map((person) => ({ ...person, name: person.name.split(' ')[0] ?? person.name }))]
}
