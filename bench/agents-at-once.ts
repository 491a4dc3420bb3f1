// Three agents of a room that answer one message at the same time, beside one agent alone, one run after the other in each lane:
// what they cost together, against what one costs.
import { LANES } from '../src/lanes/lanes'
import type { Reply } from './scenario'
import { stream, type Place, type Streamed } from './stream'

export const AGENTS = 3

/** Frames may grow by no more than this: all agents of a room share its ticks. */
export const MOST_FRAMES = 1.1

export interface AtOnce {
  readonly alone: Streamed
  readonly together: Streamed
  /** Frames to one client, three agents against one. */
  readonly frames: number
  /** Bytes to one client for each byte of text, three agents against one. */
  readonly bytes: number
}

export async function agentsAtOnce(place: Place, clients: number, reply: Reply, say: (what: string) => void): Promise<readonly AtOnce[]> {
  const found: AtOnce[] = []
  for (const lane of LANES) {
    const alone = await stream(place, [lane], clients, reply)
    const together = await stream(place, [lane], clients, reply, AGENTS)
    const ratios = { frames: together.framesPerClient / alone.framesPerClient, bytes: together.bytesPerText / alone.bytesPerText }
    found.push({ alone, together, ...ratios })
    say(
      `${lane}, ${clients} clients, ${AGENTS} agents at once: ${ratios.frames.toFixed(2)} times the frames of one, ${ratios.bytes.toFixed(2)} times its bytes per text`,
    )
  }
  return found
}
