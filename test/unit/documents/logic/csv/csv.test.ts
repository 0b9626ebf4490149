// Tables in plain text: how they are written, how many rows they have, and which cells a segment stands for.
import { describe, expect, test } from 'vitest'
import { CellRows, columnName } from '../../../../../main/documents/logic/csv/cellRows.ts'
import { delimiterOf, hasHeader, looksLikeTable } from '../../../../../main/documents/logic/csv/csvDialect.ts'
import { LONGEST_ROW, RowCount } from '../../../../../main/documents/logic/csv/rowCount.ts'
import { textFormatOf } from '../../../../../main/documents/logic/textFormat.ts'

describe('dialect', () => {
  test.each([
    ['commas', 'a,b,c\n1,2,3\n4,5,6\n', { delimiter: ',', columns: 3, share: 1 }],
    ['semicolons beside decimal commas', 'a;b\n1,5;2,5\n3,5;4,5\n', { delimiter: ';', columns: 2, share: 1 }],
    ['tabs', 'a\tb\n1, 2\t3\n', { delimiter: '\t', columns: 2, share: 1 }],
    ['a quoted delimiter and line break', 'a|b\n"x|y\nz"|2\n', { delimiter: '|', columns: 2, share: 1 }],
    ['one column', 'a\nb\nc\n', { delimiter: ',', columns: 1, share: 1 }],
  ])('%s', (_, text, expected) => {
    expect(delimiterOf(text)).toEqual(expected)
  })

  test('a header names columns whose cells are figures or long texts', () => {
    expect(
      hasHeader([
        ['name', 'age'],
        ['Ann', '31'],
        ['Bo', '27'],
      ]),
    ).toBe(true)
    expect(
      hasHeader([
        ['Ann', '31'],
        ['Bo', '27'],
      ]),
    ).toBe(false)
    expect(
      hasHeader([
        ['red', 'green'],
        ['blue', 'white'],
      ]),
    ).toBe(false)
  })

  test('prose with commas is no table; even rows are one without a name that says so', () => {
    const prose = 'Tide, wind, rain.\nAnd so, in short, it went.\nNo more.\nThe end, at last.\nOr is it, after all?\n'
    expect([looksLikeTable(prose), textFormatOf(prose, 'a.txt')]).toEqual([false, 'text'])
    expect(textFormatOf('a,b,c\n1,2,3\n1,2,3\n1,2,3\n1,2,3\n1,2,3\n', 'export')).toBe('csv')
    expect(textFormatOf('one column\nonly\n', 'list.csv')).toBe('csv')
  })
})

describe('rows', () => {
  function count(text: string, slice = text.length): ReturnType<RowCount['finish']> {
    const rows = new RowCount(',')
    for (let at = 0; at < text.length; at += slice) rows.push(text.slice(at, at + slice))
    return rows.finish()
  }

  test('a line break in quotes ends no row, wherever a slice ends', () => {
    const text = 'a,b\r\n"x\r\ny ""z""",2\r\n\r\n3,4'
    expect([count(text), count(text, 1)]).toEqual([
      { rows: 4, quotes: true },
      { rows: 4, quotes: true },
    ])
  })

  test('a quote that never closes is no quote: lines are rows', () => {
    expect(count('a,b\n"x,2\n3,4\n')).toEqual({ rows: 3, quotes: false })
    expect(count(`"${'x\n'.repeat(LONGEST_ROW)}`).quotes).toBe(false)
  })

  test('segments name the cells they stand for, the header apart', () => {
    const rows = new CellRows('tides')
    const found = [...rows.push(['day', 'height'], true), ...rows.push(['1', '4.2', 'spring']), ...rows.push(['2', ''])]
    expect([...found, ...rows.finish()]).toEqual([
      { text: 'day\theight', locator: { kind: 'cells', sheet: 'tides', range: 'A1:B1' }, kind: 'heading' },
      { text: '1\t4.2\tspring\n2', locator: { kind: 'cells', sheet: 'tides', range: 'A2:C3' }, kind: 'table' },
    ])
  })

  test('letters of columns', () => {
    expect([1, 26, 27, 702, 703].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA'])
  })
})
