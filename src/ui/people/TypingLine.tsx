// Who is typing. Its height is always there, so that nothing jumps.
import type { Member } from '../../conversation/member'

export function TypingLine({ typing }: { readonly typing: readonly Member[] }) {
  return <p className="typing-line">{typing.length > 0 ? typingInWords(typing.map((member) => member.name)) : null}</p>
}

export function typingInWords(names: readonly string[]): string {
  if (names.length > 3) return 'Several people are typing…'
  const last = names.at(-1) ?? ''
  if (names.length < 2) return `${last} is typing…`
  return `${names.slice(0, -1).join(', ')} and ${last} are typing…`
}
