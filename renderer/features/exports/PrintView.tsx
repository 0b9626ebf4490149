// What goes onto paper: the laid out result alone, with its passages and how it was made. Unseen on the screen.
import type { PrintBlock, PrintPage, PrintRun } from '#contract/export.ts'
import { type ReactNode, useEffect } from 'react'
import { createPortal } from 'react-dom'
import { useSotto } from '../../state/store.ts'
import styles from './PrintView.module.css'

function Runs({ runs }: { readonly runs: readonly PrintRun[] }): ReactNode {
  return runs.map((run, at) => {
    if (run.kind === 'citation') return <sup key={at}>[{run.number}]</sup>
    if (run.mark === 'removed') return <del key={at}>{run.text}</del>
    if (run.mark === 'inserted') return <ins key={at}>{run.text}</ins>
    return (
      <span key={at} className={styles[run.mark]}>
        {run.text}
      </span>
    )
  })
}

type Versions = Extract<PrintBlock, { kind: 'versions' }>

function Version({ version }: { readonly version: Versions['before'] }): ReactNode {
  if (version === null) return null
  return (
    <>
      <p className={styles.quiet}>{version.label}</p>
      <blockquote>
        <Runs runs={version.runs} />
      </blockquote>
    </>
  )
}

function Block({ block }: { readonly block: PrintBlock }): ReactNode {
  switch (block.kind) {
    case 'heading':
      return block.level === 1 ? (
        <h1>{block.text}</h1>
      ) : block.level === 2 ? (
        <h2>{block.text}</h2>
      ) : (
        <h3>{block.text}</h3>
      )
    case 'paragraph':
      return (
        <p className={styles[block.tone]}>
          <Runs runs={block.runs} />
        </p>
      )
    case 'list':
      return (
        <ul>
          {block.items.map((runs, at) => (
            <li key={at}>
              <Runs runs={runs} />
            </li>
          ))}
        </ul>
      )
    case 'facts':
      return block.rows.map(({ term, value, code }, at) => (
        <p key={at} className={styles.fact}>
          {term}: {code ? <code>{value}</code> : value}
        </p>
      ))
    case 'versions':
      return (
        <section className={styles.whole}>
          <h3>{block.title}</h3>
          <Version version={block.before} />
          <Version version={block.after} />
        </section>
      )
    case 'passage':
      return (
        <div className={styles.whole}>
          <p className={styles.quiet}>
            <b>[{block.number}]</b> {block.place}
          </p>
          <blockquote>{block.text}</blockquote>
        </div>
      )
  }
}

function Sheet({ page }: { readonly page: PrintPage }): ReactNode {
  const close = useSotto((state) => state.closePrint)
  useEffect(() => {
    const title = document.title
    document.title = page.title
    document.documentElement.dataset['printing'] = 'true'
    window.addEventListener('afterprint', close)
    window.print()
    return () => {
      document.title = title
      delete document.documentElement.dataset['printing']
      window.removeEventListener('afterprint', close)
    }
  }, [page, close])
  return createPortal(
    <article lang={page.language} className={styles.sheet} data-print-sheet>
      {page.blocks.map((block, at) => (
        <Block key={at} block={block} />
      ))}
    </article>,
    document.body,
  )
}

/** Opens the system's print once a page is laid out, and goes when that is closed. */
export function PrintView(): ReactNode {
  const page = useSotto((state) => state.printPage)
  return page === null ? null : <Sheet page={page} />
}
