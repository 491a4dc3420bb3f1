'use client'
// The face of a member of the room around it: an agent's as the room's records have it now, on all that it ever said.
import { useRecords } from '../frame/records'
import { Face, type FaceProps } from './Face'

export function Avatar({ member, size = 'large' }: Omit<FaceProps, 'look'>) {
  const agents = useRecords('agent')
  return <Face member={member} size={size} look={member.kind === 'agent' ? agents.find(({ id }) => id === member.id)?.value : undefined} />
}
