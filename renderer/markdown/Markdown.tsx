// Markdown from a model, safe by construction: every element is made here, nothing is parsed as markup.
import { memo, type ReactNode, useMemo, useState } from 'react'
import { BlockSplitter, type MarkdownBlock } from './blockSplitter.ts'
import { CodeBlock } from './CodeBlock.tsx'
import styles from './Markdown.module.css'
import { MathText } from './MathText.tsx'
import { parseMarkdown } from './parseMarkdown.ts'
import { renderTokens } from './renderTokens.tsx'
import { completeMarkdown } from './completeMarkdown.ts'
import { visibleText } from './visibleText.ts'

type MarkdownProps = {
  readonly text: string
  /** Whether more of the text is still to come. */
  readonly growing?: boolean
}

/**
 * Renders text that may grow at its end: closed blocks are rendered once. Raw HTML is shown as text, images as their
 * description and address, links name their host and open only through a `LinkGate`.
 */
export function Markdown({ text, growing = false }: MarkdownProps): ReactNode {
  const [splitter] = useState(() => new BlockSplitter())
  const blocks = splitter.update(text, !growing)
  return (
    <div className={styles.markdown}>
      {blocks.map((block, index) => (
        // Blocks are only ever added at the end, so their place is who they are.
        <Block key={index} kind={block.kind} text={block.text} language={block.language} closed={block.closed} />
      ))}
    </div>
  )
}

const Block = memo(function Block({ kind, text, language, closed }: MarkdownBlock): ReactNode {
  switch (kind) {
    case 'code':
      return <CodeBlock code={text} language={language} closed={closed} />
    case 'math':
      return <MathText text={text} display />
    case 'markdown':
      return <ParsedBlock text={text} closed={closed} />
  }
})

function ParsedBlock({ text, closed }: { readonly text: string; readonly closed: boolean }): ReactNode {
  return useMemo(() => {
    const tokens = parseMarkdown(closed ? text : completeMarkdown(text))
    return tokens === null ? <p className={styles.asWritten}>{visibleText(text)}</p> : renderTokens(tokens, closed)
  }, [text, closed])
}
