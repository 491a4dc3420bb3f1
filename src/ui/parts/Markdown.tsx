'use client'
// Markdown as React, block by block. While text grows only its end is read and drawn again; a block before it is the
// same text, so that nothing flickers, and however many there are, they are looked at by the dozen.
import { memo, useState } from 'react'
import { KeepSelection } from './KeepSelection'
import { elementsOf } from './markdown/elements'
import { type Block, MarkdownReader } from './markdown/reader'

export interface MarkdownProps {
  readonly text: string
  /** More text may follow. */
  readonly streaming?: boolean
  /** Those in the text, each with its @, as typed. They stay what they are while it is shown. */
  readonly mentions?: readonly string[]
}

/** Blocks that are compared one by one only when one of them may be another. */
const TOGETHER = 24

/** Has what finds addresses compiled, a good part of what the first text costs; the rows of a page are drawn in tasks of their own. */
export function warmUp(): void {
  new MarkdownReader().blocksOf('example.com', false)
}

export const Markdown = memo(function Markdown({ text, streaming = false, mentions }: MarkdownProps) {
  // It only remembers what it has read: the same text reads the same, whatever it read before.
  const [reader] = useState(() => new MarkdownReader(mentions))
  const blocks = reader.blocksOf(text, streaming)
  return (
    <KeepSelection growing={streaming}>
      {Array.from({ length: Math.ceil(blocks.length / TOGETHER) }, (_, index) => (
        // Blocks are only ever appended, so a block's place names it, and where some of them begin names those.
        <Blocks key={index} blocks={blocks.slice(index * TOGETHER, (index + 1) * TOGETHER)} open={streaming && (index + 1) * TOGETHER >= blocks.length} />
      ))}
    </KeepSelection>
  )
})

interface BlocksProps {
  readonly blocks: readonly Block[]
  /** More may be added to the last of them. */
  readonly open: boolean
}

const Blocks = memo(
  function Blocks({ blocks, open }: BlocksProps) {
    return blocks.map((block, index) => <MarkdownBlock key={index} block={block} open={open && index === blocks.length - 1} />)
  },
  (before, after) =>
    before.open === after.open && before.blocks.length === after.blocks.length && before.blocks.every((block, index) => block === after.blocks[index]),
)

const MarkdownBlock = memo(
  function MarkdownBlock({ block, open }: { readonly block: Block; readonly open: boolean }) {
    return block.tokens[0]?.type === 'reference_definition' ? <p className="whitespace-pre-wrap">{block.source}</p> : elementsOf(block.tokens, open)
  },
  (before, after) => before.block.source === after.block.source && before.block.generation === after.block.generation && before.open === after.open,
)
