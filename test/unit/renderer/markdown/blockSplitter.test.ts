// Blocks of growing text: cut where Markdown ends them, never changed once closed, whatever the pieces it comes in.
import { describe, expect, test } from 'vitest'
import { BlockSplitter } from '../../../../renderer/markdown/blockSplitter.ts'

function blocks(text: string): readonly string[] {
  return new BlockSplitter().update(text, true).map(({ kind, text: own, language }) => {
    return kind === 'markdown' ? own : `${kind}${language === '' ? '' : ` ${language}`}: ${own}`
  })
}

describe('where blocks end', () => {
  test.each([
    ['paragraphs', 'a\nb\n\n\nc', ['a\nb', 'c']],
    ['a heading', 'a\n# b\nc', ['a', '# b', 'c']],
    ['a loose list is one block', '- a\n\n- b\n\n  more\n\nc', ['- a\n\n- b\n\n  more', 'c']],
    ['a fence', 'a\n```ts\nb\n\nc\n```\nd', ['a', 'code ts: b\n\nc', 'd']],
    ['a longer fence holds a shorter one', '````\n```\na\n```\n````', ['code: ```\na\n```']],
    ['tildes', '~~~ Py\na\n~~~', ['code py: a']],
    ['an open fence goes to the end', '```\na\n\nb', ['code: a\n\nb']],
    ['a fence inside a list stays there', '- a\n\n  ```\n  b\n  ```\n\nc', ['- a\n\n  ```\n  b\n  ```', 'c']],
    ['math', 'a\n\n$$\nx\n\ny\n$$\n\nb', ['a', 'math: x\n\ny', 'b']],
    ['math on one line', '$$x$$\n\\[y\\]', ['math: x', 'math: y']],
    ['a table', '| a |\n|---|\n| b |\n\nc', ['| a |\n|---|\n| b |', 'c']],
    ['nothing', '\n\n', []],
  ])('%s', (_, text, expected) => expect(blocks(text)).toEqual(expected))
})

test('any pieces give the same blocks, and closed ones keep their identity', () => {
  const text =
    'Intro\n\n- a\n- b\n\n```js\nlet a\n\nlet b\n```\n\n$$\nx\n$$\n\n| a |\n|---|\n| b |\n\n# End\nlast *words*\n'
  const whole = new BlockSplitter().update(text, true)
  for (const step of [1, 2, 3, 7]) {
    const splitter = new BlockSplitter()
    let before = splitter.update('', false)
    for (let end = step; end < text.length; end += step) {
      const now = splitter.update(text.slice(0, end), false)
      before.forEach((block, index) => block.closed && expect(now[index]).toBe(block))
      before = now
    }
    expect(splitter.update(text, true)).toEqual(whole)
  }
})

test('another text starts over', () => {
  const splitter = new BlockSplitter()
  splitter.update('one\n\ntwo\n\n', false)
  expect(splitter.update('three\n', true).map(({ text }) => text)).toEqual(['three'])
})

describe('blocks without end are cut', () => {
  test('a list between items, counting on', () => {
    const items = Array.from({ length: 400 }, (_, index) => `${index + 1}. an item of some length`)
    const cut = blocks(items.join('\n'))
    expect(cut.length).toBeGreaterThan(2)
    expect(cut.join('\n')).toBe(items.join('\n'))
    expect(Math.max(...cut.map(({ length }) => length))).toBeLessThan(3100)
  })

  test('a table between rows, with its head again', () => {
    const rows = Array.from({ length: 400 }, (_, index) => `| row ${index} | of some length |`)
    const cut = blocks(['| a | b |', '|---|---|', ...rows].join('\n'))
    expect(cut.length).toBeGreaterThan(2)
    expect(cut.every((table) => table.startsWith('| a | b |\n|---|---|\n| row'))).toBe(true)
    expect(cut.flatMap((table) => table.split('\n').slice(2))).toEqual(rows)
  })

  test('a line at a space, a word anywhere, also while it grows', () => {
    const text = 'word '.repeat(5000).trim()
    const whole = blocks(text)
    expect(whole.join(' ')).toBe(text)
    expect(Math.max(...whole.map(({ length }) => length))).toBeLessThanOrEqual(5000)
    const splitter = new BlockSplitter()
    for (let end = 97; end < text.length; end += 97) splitter.update(text.slice(0, end), false)
    expect(splitter.update(text, true).map((block) => block.text)).toEqual(whole)
    expect(blocks('x'.repeat(20_000)).join('')).toBe('x'.repeat(20_000))
  })

  test('lines without a blank one between', () => {
    const text = 'a line of words\n'.repeat(2000)
    const cut = blocks(text)
    expect(cut.join('\n')).toBe(text.trim())
    expect(Math.max(...cut.map(({ length }) => length))).toBeLessThanOrEqual(5100)
  })
})
