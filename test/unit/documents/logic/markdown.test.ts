// Markdown's blocks with their lines, and telling Markdown from plain text.
import { describe, expect, test } from 'vitest'
import type { Segment } from '../../../../preload/contract/document.ts'
import { LineSplitter } from '../../../../main/documents/logic/lineSplitter.ts'
import { MarkdownBlocks } from '../../../../main/documents/logic/markdownBlocks.ts'
import { isMarkdownName, looksLikeMarkdown } from '../../../../main/documents/logic/markdownCues.ts'

/** Blocks as `kind from-to text`. */
function blocks(text: string): { readonly lines: readonly string[]; readonly title: string | null } {
  const splitter = new LineSplitter()
  const gatherer = new MarkdownBlocks()
  const pieces = [...splitter.push(text), ...splitter.finish()]
  const segments: Segment[] = [...pieces.flatMap((piece) => gatherer.push(piece)), ...gatherer.finish()]
  const lines = segments.map(({ text: own, locator, kind }) =>
    locator.kind === 'lines' ? `${kind} ${locator.from}-${locator.to} ${own}` : 'other',
  )
  return { lines, title: gatherer.title }
}

describe('blocks', () => {
  test('headings of both kinds, paragraphs and breaks', () => {
    expect(blocks('# One #\ntext\nmore\n\nTwo\n===\n***\nend')).toEqual({
      lines: ['heading 1-1 One', 'paragraph 2-3 text\nmore', 'heading 5-5 Two', 'paragraph 8-8 end'],
      title: 'One',
    })
  })

  test('list items without their marks, with lines that belong to them', () => {
    expect(blocks('- first\n  goes on\n- [ ] open\n1. one\n2) two\n\n   lazy').lines).toEqual([
      'list-item 1-2 first\n  goes on',
      'list-item 3-3 [ ] open',
      'list-item 4-4 one',
      'list-item 5-5 two',
      'paragraph 7-7 lazy',
    ])
  })

  test('a table is one block', () => {
    expect(blocks('| a | b |\n| --- | ---: |\n| 1 | 2 |\n\nafter').lines).toEqual([
      'table 1-3 | a | b |\n| --- | ---: |\n| 1 | 2 |',
      'paragraph 5-5 after',
    ])
  })

  test('fenced and indented code keep their blank lines; marks inside mean nothing', () => {
    expect(blocks('```js\n# no heading\n\n- no item\n```\nx\n\n    code\n\n    more\ny').lines).toEqual([
      'code 2-4 # no heading\n\n- no item',
      'paragraph 6-6 x',
      'code 8-10     code\n\n    more',
      'paragraph 11-11 y',
    ])
  })

  test('a fence that is never closed runs to the end', () => {
    expect(blocks('~~~\na\n```\nb').lines).toEqual(['code 2-4 a\n```\nb'])
  })

  test('front matter gives a title and no text', () => {
    expect(blocks('---\ntitle: "The plan"\ntags:\n  - a\n---\n# Head')).toEqual({
      lines: ['heading 6-6 Head'],
      title: 'The plan',
    })
  })

  test('what only begins like front matter is read', () => {
    expect(blocks('---\nJust a line after a rule.\n').lines).toEqual(['paragraph 2-2 Just a line after a rule.'])
    expect(blocks('---\ntitle: never closed\n').lines).toEqual(['paragraph 2-2 title: never closed'])
  })
})

describe('telling Markdown from text', () => {
  test('by name', () => {
    expect(['a.md', 'A.MARKDOWN', 'a.txt', 'md'].map(isMarkdownName)).toEqual([true, true, false, false])
  })

  test('by two different marks, never by one', () => {
    expect(looksLikeMarkdown('# Title\n\nSee [here](https://example.org).\n')).toBe(true)
    expect(looksLikeMarkdown('# Title\r\n\r\n- [ ] do it\r\n')).toBe(true)
    expect(looksLikeMarkdown('# a comment\nimport os\n# another\n')).toBe(false)
    expect(looksLikeMarkdown('# Title\n\nPlain words.\n')).toBe(false)
  })
})
