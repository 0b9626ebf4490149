// Statements as paragraphs and lists, the way the text they come from is laid out.
import type { ExportedSection, ExportedStatement } from '#contract/exportFile.ts'

type Blocks = ExportedSection['blocks']

/** Every statement exactly once, in order: a bullet before one opens a list item, a line break a paragraph. */
export function blocksOf(text: string, statements: readonly ExportedStatement[]): Blocks {
  const blocks: Blocks = []
  let at = 0
  for (const statement of statements) {
    const found = text.indexOf(statement.text, at)
    const between = found < 0 ? '' : text.slice(at, found)
    if (found >= 0) at = found + statement.text.length
    const last = blocks.at(-1)
    const item = /(?:^|\n)[ \t]*(?:[-*•–]|\d{1,3}[.)])[ \t]+$/.test(between)
    if (item && last?.kind === 'list') last.items.push([statement])
    else if (item) blocks.push({ kind: 'list', items: [[statement]] })
    else if (last === undefined || between.includes('\n')) blocks.push({ kind: 'paragraph', items: [[statement]] })
    else last.items.at(-1)?.push(statement)
  }
  return blocks
}
