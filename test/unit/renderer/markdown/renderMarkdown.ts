// Renders Markdown as the window does, to markup a test can parse.
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5'
import { LinkOpenerContext } from '../../../../renderer/markdown/linkOpener.ts'
import { Markdown } from '../../../../renderer/markdown/Markdown.tsx'
import { TextContext } from '../../../../renderer/ui/text.ts'

/** An element as it stands in the rendered page. */
export type FoundElement = { readonly tag: string; readonly attributes: Readonly<Record<string, string>> }

/** The markup of a text; words of the interface are their keys. */
export function renderMarkdown(text: string, growing = false): string {
  const words = {
    language: 'en' as const,
    translate: (key: string, values?: Readonly<Record<string, unknown>>) =>
      values === undefined ? key : `${key} ${Object.values(values).map(String).join(' ')}`,
  }
  return renderToStaticMarkup(
    createElement(
      TextContext,
      { value: words },
      createElement(LinkOpenerContext, { value: () => undefined }, createElement(Markdown, { text, growing })),
    ),
  )
}

/** Every element of a markup, in order, as a browser's parser sees it. */
export function elementsOf(markup: string): readonly FoundElement[] {
  const found: FoundElement[] = []
  function visit(nodes: readonly DefaultTreeAdapterTypes.ChildNode[]): void {
    for (const node of nodes) {
      if (!('tagName' in node)) continue
      const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]))
      found.push({ tag: node.tagName, attributes })
      visit('content' in node ? node.content.childNodes : node.childNodes)
    }
  }
  visit(parseFragment(markup).childNodes)
  return found
}

/** The visible text of a markup. */
export function textOf(markup: string): string {
  let text = ''
  function visit(nodes: readonly DefaultTreeAdapterTypes.ChildNode[]): void {
    for (const node of nodes) {
      if ('value' in node) text += node.value
      if ('childNodes' in node) visit(node.childNodes)
    }
  }
  visit(parseFragment(markup).childNodes)
  return text
}
