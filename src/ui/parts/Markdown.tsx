'use client'
// Markdown as React, block by block. While text grows only its last block changes; every block before it is the same
// text and is not rendered again, so that nothing flickers.
import { memo } from 'react'
import { BlockToken } from './BlockToken'
import { blocksOf, type Block } from './markdown-blocks'

export interface MarkdownProps {
  readonly text: string
  /** More text may follow. */
  readonly streaming?: boolean
}

export const Markdown = memo(function Markdown({ text, streaming = false }: MarkdownProps) {
  const blocks = blocksOf(text, streaming)
  return (
    <div className="prose-message" {...(streaming ? { 'data-streaming': true } : {})}>
      {blocks.map((block, index) => (
        // Blocks are only ever appended, so a block's place names it.
        <MarkdownBlock key={index} block={block} open={streaming && index === blocks.length - 1} />
      ))}
    </div>
  )
})

const MarkdownBlock = memo(
  function MarkdownBlock({ block, open }: { readonly block: Block; readonly open: boolean }) {
    return <BlockToken token={block.token} depth={0} open={open} />
  },
  (before, after) => before.block.source === after.block.source && before.open === after.open,
)
