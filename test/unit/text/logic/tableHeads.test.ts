// Rows that only name the columns of a table: told apart from first rows, once a table, however readers cut it.
import { describe, expect, test } from 'vitest'
import type { Locator, Segment } from '#contract/document.ts'
import { SheetWriter } from '../../../../main/documents/logic/office/sheetWriter.ts'
import { SectionWriter } from '../../../../main/documents/logic/sectionWriter.ts'
import { scoreSentences } from '../../../../main/text/logic/centrality.ts'
import { splitSentences } from '../../../../main/text/logic/sentences.ts'
import { tableHeads } from '../../../../main/text/logic/tableHeads.ts'
import { countWords } from '../../../../main/text/logic/wordStatistics.ts'

function headsOf(segments: readonly Segment[]): string[] {
  return [...tableHeads(splitSentences(segments))].map(({ text }) => text)
}

function table(locator: Locator, ...lines: readonly string[]): Segment {
  return { text: lines.join('\n'), locator, kind: 'table' }
}

function paragraph(locator: Locator, text: string): Segment {
  return { text, locator, kind: 'paragraph' }
}

function section(at: number): Locator {
  return { kind: 'section', path: [], paragraph: at }
}

function cells(range: string): Locator {
  return { kind: 'cells', sheet: 'Costs', range }
}

/** A table in which most rows have a number, and every seventh has none, as remarks and totals of words have none. */
const longTable = Array.from({ length: 200 }, (_, at) =>
  at % 7 === 3
    ? ['remark', 'the crew of the harbour was asked and agreed']
    : [`gate ${at}`, `hung by the crew of pier ${at}`],
)

describe('tables that readers cut', () => {
  test('in a text: one head, and no row that begins a segment', () => {
    const writer = new SectionWriter()
    writer.table([['Gate', 'What was done'], ...longTable])
    const segments = writer.drain()
    const openings = segments.map(({ text }) => text.split('\n')[0])
    expect(openings.filter((line) => line?.startsWith('remark')).length).toBeGreaterThan(0)
    expect(headsOf(segments)).toEqual(['Gate What was done'])
  })

  test('in a sheet, with comments between its rows', () => {
    const writer = new SheetWriter(
      'Costs',
      longTable.map((_, at) => ({ row: at + 1, column: 1, text: 'Asked again, and refused.' })),
    )
    const rows = [['Gate', 'What was done'], ...longTable]
    for (const [at, row] of rows.entries())
      writer.row(
        at + 1,
        row.map((text, column) => ({ column: column + 1, text })),
      )
    const segments = writer.drain(true)
    expect(segments.filter(({ kind }) => kind === 'table').length).toBeGreaterThan(3)
    expect(segments.some(({ kind, text }) => kind === 'table' && text.startsWith('remark'))).toBe(true)
    expect(headsOf(segments)).toEqual(['Gate What was done'])
  })

  test('a row of words that begins a segment counts like the same row elsewhere', () => {
    const [first, second] = [
      'The town agreed to the new gate of the harbour',
      'The crew agreed to the new pier of the harbour',
    ]
    const segments = [
      table(section(1), 'Who\tHow many', 'Town\t12', 'Crew\t31'),
      table(section(1), first, 'Pier\t8', second),
    ]
    const sentences = splitSentences(segments)
    const scores = scoreSentences(sentences, countWords(sentences))
    const score = (text: string) => scores[sentences.findIndex((sentence) => sentence.text === text)] ?? 0
    expect(score(first)).toBeGreaterThan(0.9 * score(second))
    expect(score('Who How many')).toBeLessThan(0.1)
  })
})

describe('which first rows are heads', () => {
  const rows = ['Austria\t8.3', 'Norway\t5.4', 'Malta\t0.5']

  test('each table of its own has one, in every kind of place', () => {
    const places: readonly (readonly [Locator, Locator])[] = [
      [section(1), section(2)],
      [cells('A1:B4'), cells('D9:E12')],
      [cells('A1:B4'), { kind: 'cells', sheet: 'Other', range: 'A5:B8' }],
      [
        { kind: 'lines', from: 1, to: 4 },
        { kind: 'lines', from: 9, to: 12 },
      ],
      [
        { kind: 'page', page: 1, start: 0, end: 9 },
        { kind: 'page', page: 2, start: 0, end: 9 },
      ],
      [
        { kind: 'slide', slide: 1, part: 'body' },
        { kind: 'slide', slide: 2, part: 'body' },
      ],
    ]
    for (const [one, other] of places) {
      expect(headsOf([table(one, 'Country\tMillions', ...rows), table(other, 'Land\tMillionen', ...rows)])).toEqual([
        'Country Millions',
        'Land Millionen',
      ])
    }
  })

  test('two tables of one page or slide are apart where text stands between them', () => {
    for (const place of [
      { kind: 'page', page: 1, start: 0, end: 9 },
      { kind: 'slide', slide: 1, part: 'body' },
      { kind: 'message', index: 0, part: 'text' },
    ] as const) {
      const [one, other] = [table(place, 'Country\tMillions', ...rows), table(place, 'Land\tMillionen', ...rows)]
      expect(headsOf([one, other])).toEqual(['Country Millions'])
      expect(headsOf([one, paragraph(place, 'And in the other language.'), other])).toEqual([
        'Country Millions',
        'Land Millionen',
      ])
    }
  })

  test('what hangs on a cell does not part a sheet: the row after it is no head', () => {
    const one = table(cells('A1:B4'), 'Country\tMillions', ...rows)
    const other = table(cells('A5:B8'), 'Not\tcounted again', ...rows)
    expect(headsOf([one, paragraph(cells('B2'), 'Asked again, and refused.'), other])).toEqual(['Country Millions'])
  })

  test('in a table of words nothing tells the head from the first row, so that row is kept', () => {
    expect(
      headsOf([table(section(1), 'Anna\tchairs the board', 'Ben\tkeeps the books', 'Cleo\tpaints the gates')]),
    ).toEqual([])
    expect(headsOf([table(section(1), 'Anna\tchairs the board', 'Ben\tsince 1990', 'Cleo\tpaints the gates')])).toEqual(
      [],
    )
    expect(headsOf([table(section(1), 'Anna chairs the board')])).toEqual([])
  })

  test('below a heading of the sheet the first row is a row', () => {
    expect(
      headsOf([
        { text: 'Who\tSince', locator: cells('A1:B1'), kind: 'heading' },
        table(cells('A2:B4'), 'Anna\talways', 'Ben\t1990', 'Cleo\t2001'),
      ]),
    ).toEqual(['Who Since'])
  })
})
