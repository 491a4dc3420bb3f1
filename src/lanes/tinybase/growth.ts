// What open replies have said, told by lengths: who has most of it is sent the rest.
import { lengthOf, type RoomEvent } from '../../conversation/event'
import type { MessageId } from '../../conversation/ids'
import type { Message, Part } from '../../conversation/message'
import type { OpenReply } from './frames'

type Held = readonly [id: MessageId, lengths: readonly number[]]

/** How far this message has come, if it is an open reply. */
export function openReply({ id, metadata, parts }: Message): readonly OpenReply[] {
  return metadata.status === 'streaming' ? [[id, metadata.version, parts.map((part) => (part.type === 'dynamic-tool' ? -1 : lengthOf(part)))]] : []
}

/** The open replies of which these messages lack something, with what they hold of each. */
export function lacking(open: readonly OpenReply[], messages: readonly Message[]): readonly Held[] {
  return open.flatMap(([id, version, lengths]): Held[] => {
    const known = messages.findLast((message) => message.id === id)
    const held = known?.metadata.version === version ? known.parts.map(lengthOf) : []
    return lengths.every((length, index) => length === held[index]) ? [] : [[id, held]]
  })
}

/** As events, what the messages say beyond what is held of them. */
export function growthBeyond(held: readonly Held[], messages: readonly Message[]): readonly RoomEvent[] {
  return held.flatMap(([id, lengths]) => {
    const message = messages.findLast((known) => known.id === id)
    if (message?.metadata.status !== 'streaming') return []
    return message.parts.flatMap((part, index) => partBeyond(id, index, part, lengths[index]))
  })
}

function partBeyond(id: MessageId, index: number, part: Part, held: number | undefined): readonly RoomEvent[] {
  if (part.type === 'dynamic-tool' || held === undefined) return [{ type: 'part', id, index, part }]
  const text = part.text.slice(held)
  return text === '' ? [] : [{ type: 'delta', id, index, offset: held, text }]
}
