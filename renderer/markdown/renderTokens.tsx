// Tokens as elements: the one place that decides what Markdown may become.
import type { MarkedToken, Token, Tokens } from 'marked'
import { createElement, Fragment, type ReactNode } from 'react'
import { CodeBlock } from './CodeBlock.tsx'
import { decodeEntities } from './entities.ts'
import { ImageText } from './ImageText.tsx'
import { LinkText } from './LinkText.tsx'
import styles from './Markdown.module.css'
import { MathText } from './MathText.tsx'
import { safeAddress } from './safeAddress.ts'
import { TableFrame } from './TableFrame.tsx'
import { TaskMark } from './TaskMark.tsx'
import { visibleText } from './visibleText.ts'

type MathToken = { readonly type: 'math'; readonly raw: string; readonly text: string }

const inlineTypes = ['text', 'escape', 'strong', 'em', 'del', 'codespan', 'br', 'math', 'image', 'link'] as const
type InlineToken = Extract<MarkedToken | MathToken, { type: (typeof inlineTypes)[number] }>

/** Elements for tokens; `closed` is false while the block still grows. Unknown tokens are shown as written. */
export function renderTokens(tokens: readonly Token[], closed: boolean): ReactNode {
  return tokens.map((token, index) => (
    <Fragment key={index}>{render(token as MarkedToken | MathToken, closed)}</Fragment> // as: the parser makes no others
  ))
}

function render(token: MarkedToken | MathToken, closed: boolean): ReactNode {
  return isInline(token) ? renderInline(token, closed) : renderBlock(token, closed)
}

function isInline(token: MarkedToken | MathToken): token is InlineToken {
  return inlineTypes.some((type) => type === token.type)
}

function renderBlock(token: Exclude<MarkedToken | MathToken, InlineToken>, closed: boolean): ReactNode {
  switch (token.type) {
    case 'space':
      return null
    case 'paragraph':
      return <p>{renderTokens(token.tokens, closed)}</p>
    case 'heading':
      // A message stands below the page's own headings.
      return createElement(`h${Math.min(6, token.depth + 2)}`, null, renderTokens(token.tokens, closed))
    case 'blockquote':
      return <blockquote>{renderTokens(token.tokens, closed)}</blockquote>
    case 'list':
      return list(token, closed)
    case 'list_item':
      return listItem(token, closed)
    case 'checkbox':
      return <TaskMark done={token.checked} />
    case 'code':
      return <CodeBlock code={token.text} language={(token.lang ?? '').toLowerCase()} closed={closed} />
    case 'table':
      return table(token, closed)
    case 'hr':
      return <hr />
    case 'def':
      return <p className={styles.asWritten}>{visibleText(token.raw.trim())}</p>
    case 'html':
      return token.block ? (
        <p className={styles.asWritten}>{visibleText(token.text.trim())}</p>
      ) : (
        visibleText(token.text)
      )
  }
}

function renderInline(token: InlineToken, closed: boolean): ReactNode {
  switch (token.type) {
    case 'text':
      if ('tokens' in token && token.tokens !== undefined) return renderTokens(token.tokens, closed)
      return visibleText(decodeEntities(token.text))
    case 'escape':
      return visibleText(token.text)
    case 'strong':
      return <strong>{renderTokens(token.tokens, closed)}</strong>
    case 'em':
      return <em>{renderTokens(token.tokens, closed)}</em>
    case 'del':
      return <del>{renderTokens(token.tokens, closed)}</del>
    case 'codespan':
      return <code>{visibleText(token.text)}</code>
    case 'br':
      return <br />
    case 'math':
      return <MathText text={token.text} display={false} />
    case 'image':
      return <ImageText alt={visibleText(decodeEntities(token.text))} address={visibleText(token.href)} />
    case 'link':
      return link(token, closed)
  }
}

function link(token: Tokens.Link, closed: boolean): ReactNode {
  const words = renderTokens(token.tokens, closed)
  const address = safeAddress(token.autolink === true ? token.href : decodeEntities(token.href))
  return address === null ? words : <LinkText address={address} words={words} plainWords={plainWords(token.text)} />
}

function plainWords(text: string): string {
  return visibleText(decodeEntities(text)).trim()
}

function list(token: Tokens.List, closed: boolean): ReactNode {
  const items = token.items.map((item, index) => <Fragment key={index}>{listItem(item, closed)}</Fragment>)
  const className = token.loose ? styles.loose : undefined
  if (!token.ordered) return <ul className={className}>{items}</ul>
  return (
    <ol className={className} start={token.start === '' ? 1 : token.start}>
      {items}
    </ol>
  )
}

function listItem(item: Tokens.ListItem, closed: boolean): ReactNode {
  return <li className={item.task ? styles.task : undefined}>{renderTokens(item.tokens, closed)}</li>
}

function table(token: Tokens.Table, closed: boolean): ReactNode {
  function cells(row: readonly Tokens.TableCell[], tag: 'th' | 'td'): ReactNode {
    return row.map((cell, index) =>
      createElement(
        tag,
        {
          key: index,
          className: cell.align === null ? undefined : styles[cell.align],
          ...(tag === 'th' ? { scope: 'col' } : {}),
        },
        renderTokens(cell.tokens, closed),
      ),
    )
  }
  return (
    <TableFrame>
      <table>
        <thead>
          <tr>{cells(token.header, 'th')}</tr>
        </thead>
        <tbody>
          {token.rows.map((row, index) => (
            <tr key={index}>{cells(row, 'td')}</tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  )
}
