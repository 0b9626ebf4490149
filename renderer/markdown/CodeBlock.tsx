// A block of code: its language, a way to copy it, and colours once it is whole.
import { memo, type ReactNode, useEffect, useMemo, useState } from 'react'
import { CopyButton } from '../ui/CopyButton.tsx'
import { useTranslate } from '../ui/text.ts'
import styles from './CodeBlock.module.css'
import { type CodeLine, linesPerChunk } from './codeTokens.ts'
import { highlightCode } from './highlightCode.ts'
import { visibleText } from './visibleText.ts'

type CodeBlockProps = { readonly code: string; readonly language: string; readonly closed: boolean }

/** Code as written; highlighted when its block has closed. */
export function CodeBlock({ code, language, closed }: CodeBlockProps): ReactNode {
  const translate = useTranslate()
  const shown = visibleText(code)
  const highlighted = useHighlighted(shown, language, closed)
  const chunks = useMemo(() => chunksOf(shown), [shown])
  const name = language === '' ? translate('chat.markdown.code') : visibleText(language).slice(0, 24)
  return (
    <figure className={styles.block}>
      <figcaption className={styles.head}>
        <span>{name}</span>
        <CopyButton text={code} label={translate('chat.markdown.copyCode')} />
      </figcaption>
      <pre tabIndex={0} className={styles.code}>
        <code>
          {chunks.map((chunk, index) => (
            <Chunk key={index} text={chunk} lines={highlighted[index] ?? null} />
          ))}
        </code>
      </pre>
    </figure>
  )
}

const Chunk = memo(function Chunk(props: {
  readonly text: string
  readonly lines: readonly CodeLine[] | null
}): ReactNode {
  if (props.lines === null) return <span className={styles.chunk}>{props.text}</span>
  const lines = props.lines.map((line, index) => (
    <span key={index}>
      {line.map(({ text, role }, piece) =>
        role === null ? (
          text
        ) : (
          <span key={piece} className={styles[role]}>
            {text}
          </span>
        ),
      )}
      {'\n'}
    </span>
  ))
  return <span className={styles.chunk}>{lines}</span>
})

/** Chunks end with their last line's end, all but the last, so that together they are the code. */
function chunksOf(code: string): readonly string[] {
  const lines = code.split('\n')
  const chunks: string[] = []
  for (let from = 0; from < lines.length; from += linesPerChunk) {
    const last = from + linesPerChunk >= lines.length
    chunks.push(lines.slice(from, from + linesPerChunk).join('\n') + (last ? '' : '\n'))
  }
  return chunks
}

function useHighlighted(code: string, language: string, closed: boolean): readonly (readonly CodeLine[])[] {
  const [done, setDone] = useState<{ readonly code: string; readonly chunks: readonly (readonly CodeLine[])[] }>({
    code: '',
    chunks: [],
  })
  useEffect(() => {
    if (!closed || language === '') return undefined
    const leaving = new AbortController()
    void highlightCode(code, language, leaving.signal, (index, lines) => {
      setDone((before) => ({ code, chunks: before.code === code ? before.chunks.toSpliced(index, 1, lines) : [lines] }))
    })
    return () => leaving.abort()
  }, [code, language, closed])
  return done.code === code ? done.chunks : []
}
