// A page's elements to blocks: what is content, what is not, and which tables are tables.
import { describe, expect, test } from 'vitest'
import { declaredEncoding } from '../../../../../main/documents/reader/htmlEncoding.ts'
import { blocksOfHtml } from '../../../../../main/documents/reader/readHtml.ts'

function described(html: string): readonly string[] {
  return blocksOfHtml(html).map((block) =>
    block.kind === 'table'
      ? `table ${block.rows.map((row) => row.join('|')).join(' / ')}`
      : `${block.kind} ${block.text}`,
  )
}

describe('content', () => {
  test('navigation, scripts, styles, controls, asides, the page’s footer and what is hidden are left out', () => {
    const html = `<body><nav>Home</nav><script>x()</script><style>p{}</style><aside>Ad</aside><button>Buy</button>
      <p hidden>a</p><p style="color:red; display: none">b</p><p aria-hidden="true">c</p><div role="navigation">d</div>
      <p>Kept.</p><footer>Imprint</footer></body>`
    expect(described(html)).toEqual(['paragraph Kept.'])
  })

  test('a footer inside an article belongs to it', () => {
    expect(described('<article><p>Text.</p><footer>By whom.</footer></article>')).toEqual([
      'paragraph Text.',
      'paragraph By whom.',
    ])
  })

  test('the text of links, never where they lead; entities; line breaks', () => {
    expect(described('<p>See <a href="https://example.org/x">the&nbsp;page</a> &amp; more.<br>Next</p>')).toEqual([
      'paragraph See the\u00a0page & more.\nNext',
    ])
  })

  test('headings lose the sign that links to them, lists keep their items, code its line breaks', () => {
    const html = '<h2>Tides<a href="#t">¶</a></h2><ul><li>One<ul><li>Two</li></ul></li></ul><pre>a\n  b</pre>'
    expect(described(html)).toEqual(['heading Tides', 'list-item • One', 'list-item ◦ Two', 'code a\n  b'])
  })

  test('tags that are never closed, closed twice or crossed', () => {
    expect(described('<p>One<p>Two</b></p></p><div>Three</span>')).toEqual([
      'paragraph One',
      'paragraph Two',
      'paragraph Three',
    ])
  })
})

describe('lists', () => {
  test('items are numbered as the page has it; an item’s further paragraphs have no number', () => {
    const html = `<ol><li><p>One</p><p>More</p></li><li>Two<ol type="a"><li>In</li></ol></li><li value="7">Seven</li><li>Eight</ol>
      <ol start="3" reversed><li>Three</li><li>Two</li></ol><ol reversed><li>Unknown</li></ol>
      <ol style="list-style-type: upper-roman"><li>I</li></ol><ul style="list-style: none"><li>Bare</li></ul>`
    expect(described(html)).toEqual([
      'list-item 1. One',
      'list-item More',
      'list-item 2. Two',
      'list-item a. In',
      'list-item 7. Seven',
      'list-item 8. Eight',
      'list-item 3. Three',
      'list-item 2. Two',
      'list-item • Unknown',
      'list-item I. I',
      'list-item Bare',
    ])
  })

  test('how deep an item stands; a list’s number is not given to what follows it', () => {
    const html = '<ul><li>One<ul><li>Two<ol><li>Three</li><li></li></ol>after</li></ul></li></ul><p>Text</p>'
    expect(blocksOfHtml(html)).toEqual([
      { kind: 'list-item', depth: 1, text: '• One' },
      { kind: 'list-item', depth: 2, text: '◦ Two' },
      { kind: 'list-item', depth: 3, text: '1. Three' },
      { kind: 'list-item', depth: 2, text: 'after' },
      { kind: 'paragraph', text: 'Text' },
    ])
  })

  test('hidden items count like the others that are not read: not at all', () => {
    expect(described('<ol><li hidden>a</li><li>b</li></ol>')).toEqual(['list-item 1. b'])
  })
})

describe('tables', () => {
  test('rows of cells, with a caption, and cells that span several columns', () => {
    const html = `<table><caption>Tides</caption><tr><th colspan="2">Both</th><th>C</th></tr>
      <tr><td>1</td><td><p>2</p></td><td>3</td></tr></table>`
    expect(described(html)).toEqual(['paragraph Tides', 'table Both||C / 1|2|3'])
  })

  test('a table within a table, or with a heading in a cell, is a layout', () => {
    const html = '<table><tr><td>Left</td><td><h1>News</h1><p>Text.</p></td></tr></table>'
    expect(described(html)).toEqual(['paragraph Left', 'heading News', 'paragraph Text.'])
    expect(
      described('<table><tr><td>A</td><td><table><tr><td>1</td><td>2</td></tr></table></td></tr></table>'),
    ).toEqual(['paragraph A', 'table 1|2'])
  })
})

describe('encoding', () => {
  const page = (head: string) => Buffer.from(`<html><head>${head}</head>`)

  test.each([
    ['a meta element', '<meta charset="ISO-8859-1">', 'windows-1251', 'windows-1252'],
    [
      'the older form',
      '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">',
      'windows-1252',
      'koi8-r',
    ],
    ['a name nobody knows', '<meta charset="klingon">', 'windows-1251', 'windows-1251'],
    ['a name its bytes contradict', '<meta charset="utf-8">', 'windows-1252', 'windows-1252'],
    ['nothing said', '', 'big5', 'big5'],
    ['UTF-16, whatever is said', '<meta charset="utf-8">', 'utf-16le', 'utf-16le'],
  ])('%s', (_, head, found, expected) => {
    expect(declaredEncoding(page(head), found)).toBe(expected)
  })
})
