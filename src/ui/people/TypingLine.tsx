// Who is typing. Its height is always there, so that nothing jumps.
import type { Member } from '../../conversation/member'
import { isolated, listed } from '../basics/language'

export function TypingLine({ typing }: { readonly typing: readonly Member[] }) {
  return <p className="typing-line">{typing.length > 0 ? typingInWords(typing.map((member) => isolated(member.name))) : null}</p>
}

export function typingInWords(names: readonly string[]): string {
  if (names.length > 3) return 'Several people are typing…'
  return `${listed(names)} ${names.length < 2 ? 'is' : 'are'} typing…`
}
