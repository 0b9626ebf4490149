// What Markdown becomes: lists, tables, tasks, code, math, and half-written text.
import { expect, test } from 'vitest'
import { elementsOf, renderMarkdown, textOf } from './renderMarkdown.ts'

function tags(text: string, growing = false): string {
  return elementsOf(renderMarkdown(text, growing))
    .map(({ tag }) => tag)
    .filter((tag) => tag !== 'div')
    .join(' ')
}

test('the common marks', () => {
  expect(tags('# A\n\nb **c** *d* ~~e~~ `f`  \ng\n\n> h\n\n---')).toBe('h3 p strong em del code br blockquote p hr')
  expect(tags('1. a\n2. b\n   - c')).toBe('ol li li ul li')
  expect(renderMarkdown('7. a')).toContain('start="7"')
  expect(tags('| a | b |\n|:-:|--:|\n| 1 | 2 |')).toBe('table thead tr th th tbody tr td td')
  expect(elementsOf(renderMarkdown('- [x] a\n- [ ] b')).map(({ attributes }) => attributes['aria-label'])).toEqual(
    expect.arrayContaining(['chat.markdown.done', 'chat.markdown.open']),
  )
  expect(textOf(renderMarkdown('5 &lt; 6 &amp; &#8364; &unknown; \\*'))).toBe('5 < 6 & € &unknown; *')
})

test('code keeps every character; math is its source', () => {
  expect(textOf(renderMarkdown('```ts\nconst a = "<b>"\n\n  b()\n```'))).toContain('const a = "<b>"\n\n  b()')
  expect(textOf(renderMarkdown('so \\(a_1 * b_2 * c\\) and $$x^2$$'))).toBe('so a_1 * b_2 * c and x^2')
  expect(textOf(renderMarkdown('$$\na_b\n\n* c\n$$'))).toBe('a_b\n\n* c')
  expect(textOf(renderMarkdown('it costs $5 and $6'))).toBe('it costs $5 and $6')
})

test('half-written marks do not show while the text grows', () => {
  expect(textOf(renderMarkdown('a **bo', true))).toBe('a bo')
  expect(textOf(renderMarkdown('see [the li', true))).toBe('see the li')
  expect(textOf(renderMarkdown('see [the link](https://exa', true))).toBe('see the link')
  expect(tags('```py\nprint(', true)).toContain('pre code')
})

test('text too deep to nest is shown as written', () => {
  const text = `${'- '.repeat(400)}x`
  expect(textOf(renderMarkdown(text))).toBe(text)
  expect(tags(text)).toBe('p')
})
