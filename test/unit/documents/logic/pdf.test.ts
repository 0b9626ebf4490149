// Runs of text on a page to lines, blocks and one text whose slices the segments are.
import { describe, expect, test } from 'vitest'
import { documentTitle } from '../../../../main/documents/logic/documentTitle.ts'
import { joinLines, WordMemory } from '../../../../main/documents/logic/hyphenation.ts'
import { PdfPages, type PdfPage } from '../../../../main/documents/logic/pdfPages.ts'
import type { TextRun } from '../../../../main/documents/logic/pdfText.ts'

function run(text: string, x: number, y: number, size = 10): TextRun {
  return { text, x, y, width: text.length * size * 0.5, size, rightToLeft: false }
}

function assemble(runs: readonly TextRun[]): readonly string[] {
  return described(new PdfPages().assemble(runs, 800, 1, undefined))
}

/** Every segment as `kind text`; fails when a segment is not its own slice of the page. */
function described(page: PdfPage): readonly string[] {
  return page.segments.map(({ text, locator, kind }) => {
    if (locator.kind !== 'page') throw new Error('no page locator')
    expect(page.text.slice(locator.start, locator.end)).toBe(text)
    return `${kind} ${text}`
  })
}

const body = 'A line of usual body text that runs to the margin of the page'

describe('lines and blocks', () => {
  test('a larger gap parts paragraphs, a larger size makes a heading', () => {
    const runs = [run('A heading', 50, 100, 16), run(body, 50, 130), run(body, 50, 142), run(body, 50, 170)]
    expect(assemble(runs)).toEqual(['heading A heading', `paragraph ${body} ${body}`, `paragraph ${body}`])
  })

  test('runs on one line join with a space only where there is a gap', () => {
    expect(
      assemble([
        run('Sot', 50, 100),
        run('to', 65, 100),
        run('reads', 78, 100),
        run(' ', 103, 100),
        run('files', 106, 100),
      ]),
    ).toEqual(['paragraph Sotto reads files'])
  })

  test('a raised figure stays in its line', () => {
    expect(assemble([run('The sea', 50, 100), run('2', 85, 96, 6), run(' rose', 88, 100)])).toEqual([
      'paragraph The sea2 rose',
    ])
  })

  test('list items are blocks of their own, with the lines that hang under them and without their mark', () => {
    const runs = [
      run('• first item of the list that is long', 50, 100),
      run('and hangs', 60, 112),
      run('• second', 50, 124),
    ]
    expect(assemble(runs)).toEqual(['list-item first item of the list that is long and hangs', 'list-item second'])
  })

  test('aligned rows are a table: cells parted by tabs, rows by line ends', () => {
    const rows = [
      ['Item', '2026', '2027'],
      ['Piers', '17.4', '19.1'],
      ['Gates', '14.8', '14.6'],
    ]
    const runs = rows.flatMap((cells, row) => cells.map((cell, column) => run(cell, 50 + column * 120, 100 + row * 14)))
    expect(assemble(runs)).toEqual(['table Item\t2026\t2027\nPiers\t17.4\t19.1\nGates\t14.8\t14.6'])
  })

  test('an indented first line begins a paragraph', () => {
    const full = 'This line of the paragraph ends with a stop at the very margin.'
    expect(assemble([run(full, 50, 100), run(full, 50, 112), run(full, 65, 124)])).toEqual([
      `paragraph ${full} ${full}`,
      `paragraph ${full}`,
    ])
  })

  test('columns drawn one after the other stay whole', () => {
    const left = [run('left one goes on', 50, 100), run('to left two', 50, 112)]
    const right = [run('right one goes on', 300, 100), run('to right two', 300, 112)]
    expect(assemble([...left, ...right])).toEqual([
      'paragraph left one goes on to left two',
      'paragraph right one goes on to right two',
    ])
  })

  test('what is drawn first but stands last is read last', () => {
    expect(assemble([run('below', 50, 400), run('above', 50, 100)])).toEqual(['paragraph above', 'paragraph below'])
  })

  test('right-to-left runs are put in their order', () => {
    const rtl = (text: string, x: number) => ({ ...run(text, x, 100), rightToLeft: true })
    expect(assemble([rtl('עולם', 50), rtl('שלום', 80)])).toEqual(['paragraph שלום עולם'])
  })

  test('long paragraphs are cut at sentences and nothing is lost', () => {
    const sentence = 'This is a sentence of a paragraph that does not want to end.'
    const runs = Array.from({ length: 60 }, (_, index) => run(sentence, 50, 100 + index * 10.5))
    const page = new PdfPages().assemble(runs, 800, 1, 'iv')
    expect(described(page).length).toBe(2)
    expect(page.segments.map((segment) => segment.text).join(' ')).toBe(page.text)
    expect(
      page.segments.every(
        ({ text, locator }) => text.endsWith('.') && locator.kind === 'page' && locator.label === 'iv',
      ),
    ).toBe(true)
  })
})

describe('running heads and feet', () => {
  test('are read once; numbers may count pages but not otherwise change', () => {
    const pages = new PdfPages()
    const texts = [1, 2, 3].map((page) => {
      const runs = [
        run(`Report, page ${page}`, 50, 30),
        run(`Body ${page}`, 50, 300),
        run(`Total ${page * 100}`, 50, 780),
      ]
      return pages.assemble(runs, 800, page, undefined).text
    })
    expect(texts).toEqual(['Report, page 1\n\nBody 1\n\nTotal 100', 'Body 2\n\nTotal 200', 'Body 3\n\nTotal 300'])
  })
})

test('body text at the edge of two pages is no running head, even when it is the same', () => {
  const pages = new PdfPages()
  const runs = [run(body, 50, 40), run(body, 50, 52), run(body, 50, 64), run(body, 50, 76)]
  const texts = [1, 2].map((page) => pages.assemble(runs, 800, page, undefined).text)
  expect(texts[1]).toBe(texts[0])
})

describe('parted words', () => {
  const words = new WordMemory()
  words.add('The wind-blown sand')

  test.each([
    ['the har-', 'bour', 'the harbour'],
    ['the wind-', 'blown dune', 'the wind-blown dune'],
    ['a well-', 'known town', 'a well-known town'],
    ['soft\u00ad', 'ware', 'software'],
    ['Anglo-', 'Saxon', 'Anglo-Saxon'],
    ['in 2024-', '2025', 'in 2024-2025'],
    ['a dash -', 'and more', 'a dash - and more'],
    ['no', 'hyphen', 'no hyphen'],
  ])('%j and %j', (before, after, expected) => {
    expect(joinLines(before, after, words)).toBe(expected)
  })
})

test('titles worth showing', () => {
  const titles = ['  The\nplan ', '', 'Untitled', 'Microsoft Word - x', 'draft3.docx', '12', 7, undefined]
  expect(titles.map(documentTitle)).toEqual(['The plan', null, null, null, null, null, null, null])
})
