// Columns, text that runs another way, what is drawn twice, page numbers, titles of the outline.
import { describe, expect, test } from 'vitest'
import { PdfPages } from '../../../../main/documents/logic/pdfPages.ts'
import type { TextRun } from '../../../../main/documents/logic/pdfText.ts'

function run(text: string, x: number, y: number, more: Partial<TextRun> = {}): TextRun {
  return { text, x, y, width: text.length * 5, size: 10, rightToLeft: false, ...more }
}

function texts(runs: readonly TextRun[], pages = new PdfPages(), page = 1): readonly string[] {
  return pages.assemble(runs, 800, page, undefined).segments.map(({ text, kind }) => `${kind} ${text}`)
}

function left(index: number): string {
  return `left column line ${index} of some text`
}

function right(index: number): string {
  return `right column line ${index} of more text`
}

const five = [1, 2, 3, 4, 5]

describe('columns', () => {
  test('drawn line by line across the page are read one after the other', () => {
    const runs = five.flatMap((line) => [run(left(line), 50, 100 + line * 12), run(right(line), 320, 100 + line * 12)])
    expect(texts(runs)).toEqual([`paragraph ${five.map(left).join(' ')}`, `paragraph ${five.map(right).join(' ')}`])
  })

  test('drawn right before left, under a title across both, are read from the left', () => {
    const title = run('A title that goes across both of the columns of this page of text', 50, 60, {
      size: 16,
      width: 480,
    })
    const runs = [
      ...five.map((line) => run(right(line), 320, 100 + line * 12)),
      ...five.map((line) => run(left(line), 50, 100 + line * 12)),
      title,
    ]
    expect(texts(runs)).toEqual([
      `heading ${title.text}`,
      `paragraph ${five.map(left).join(' ')}`,
      `paragraph ${five.map(right).join(' ')}`,
    ])
  })

  test('short cells across the page stay a table', () => {
    const runs = five.flatMap((line) => [
      run(`Pier ${line}`, 50, 100 + line * 12),
      run(`${line}.5 m`, 320, 100 + line * 12),
    ])
    expect(texts(runs)).toEqual([`table ${five.map((line) => `Pier ${line}\t${line}.5 m`).join('\n')}`])
  })
})

describe('runs', () => {
  test('what runs up the margin is read after the page', () => {
    const runs = [run('Draft of March', -700, 20, { turns: 3 }), run('The text of the page itself.', 50, 100)]
    expect(texts(runs)).toEqual(['paragraph The text of the page itself.', 'paragraph Draft of March'])
  })

  test('what is drawn twice for boldness is read once', () => {
    expect(texts([run('Bold words', 50, 100), run('Bold words', 50.3, 100), run('Bold words', 50, 130)])).toEqual([
      'paragraph Bold words',
      'paragraph Bold words',
    ])
  })

  test('right to left, with a name of two words in Latin letters in it', () => {
    const hebrew = (text: string, x: number) => run(text, x, 100, { rightToLeft: true })
    const runs = [hebrew('שלום', 300), run('Sotto', 240, 100), run('reads', 268, 100), hebrew('עולם', 200)]
    expect(texts(runs)).toEqual(['paragraph שלום Sotto reads עולם'])
  })

  test('lines of a script without spaces join without one, hyphenated words without their hyphen', () => {
    expect(texts([run('日本語の文章を読', 50, 100), run('むことができる。', 50, 112)])).toEqual([
      'paragraph 日本語の文章を読むことができる。',
    ])
    expect(texts([run('The commit-', 50, 100), run('tee met a well-', 50, 112), run('known man', 50, 124)])).toEqual([
      'paragraph The committee met a well-known man',
    ])
  })
})

describe('page furniture', () => {
  test.each(['7', '- 7 -', 'Page 7 of 12', 'Seite 7', 'vii', '7/12'])('the number alone is no text: %s', (number) => {
    expect(texts([run('The text of the page.', 50, 400), run(number, 290, 780)])).toEqual([
      'paragraph The text of the page.',
    ])
  })

  test('a title of the outline is a heading at the body’s size; leaders to page numbers are no headings', () => {
    const pages = new PdfPages(['Chapter 2: Tides', 'Wind'])
    expect(texts([run('2 Tides', 50, 100), run('Water comes and goes with the moon.', 50, 130)], pages)).toEqual([
      'heading 2 Tides',
      'paragraph Water comes and goes with the moon.',
    ])
    expect(texts([run('Wind . . . . . . . . . . 12', 50, 100, { size: 14 })], pages, 2)).toEqual([
      'paragraph Wind … 12',
    ])
  })
})
