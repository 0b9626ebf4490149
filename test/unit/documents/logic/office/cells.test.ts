// What spreadsheet cells show, how they are named, and how rows become segments.
import { describe, expect, test } from 'vitest'
import { formatNumber } from '../../../../../main/documents/logic/office/cellFormat.ts'
import { columnName, columnOf, rangeName } from '../../../../../main/documents/logic/office/cellRange.ts'
import { unescapeCell } from '../../../../../main/documents/logic/office/sharedStrings.ts'
import { SheetWriter } from '../../../../../main/documents/logic/office/sheetWriter.ts'

describe('numbers under a format', () => {
  test.each([
    [1200.5, '', '1200.5'],
    [0.1 + 0.2, 'General', '0.3'],
    [1234567.891, '#,##0.00', '1,234,567.89'],
    [0.125, '0.0%', '12.5%'],
    [8400, '#,##0.00 "EUR"', '8,400.00 EUR'],
    [5, '[$€-407] #,##0.00', '€ 5.00'],
    [-3, '0.00;[Red](0.00)', '(3.00)'],
    [-3, '0.00', '-3.00'],
    [0, '0;-0;"none"', 'none'],
    [0, '_-* #,##0_-;-* #,##0_-;_-* "-"??_-', '-'],
    [12_000, '0.0E+00', '1.2E+4'],
    [0.5, '# ?/?', '0.5'],
    [1.5, '0.0##', '1.5'],
    [42, '@', '42'],
    [Number.NaN, '0', ''],
  ])('%d as %j', (value, code, shown) => {
    expect(formatNumber(value, code, 1900)).toBe(shown)
  })
})

describe('dates are ISO, whatever their format', () => {
  test.each([
    [45_717, 'dd.mm.yyyy', 1900, '2025-03-01'],
    [45_717.5, 'd/m/yy h:mm', 1900, '2025-03-01T12:00:00'],
    [44_255, 'd mmm', 1904, '2025-03-01'],
    [1, 'yyyy', 1900, '1900-01-01'],
    [59, 'yyyy', 1900, '1900-02-28'],
    [61, 'yyyy', 1900, '1900-03-01'],
    [0.604_166_666_666_666_6, 'hh:mm', 1900, '14:30:00'],
    [1.5, '[h]:mm', 1900, '36:00:00'],
    [-1, 'yyyy', 1900, '-1'],
    [1e12, 'yyyy', 1900, '1000000000000'],
    [3, '"days"', 1900, 'days'],
  ] as const)('%d as %s in the %d system', (value, code, dates, shown) => {
    expect(formatNumber(value, code, dates)).toBe(shown)
  })
})

test('columns and ranges', () => {
  expect([1, 26, 27, 702, 703, 16_384].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA', 'XFD'])
  expect(['A1', 'XFD9', 'XFE1', 'ABCD1', '7'].map(columnOf)).toEqual([1, 16_384, null, null, null])
  expect([rangeName([2, 2], [9, 4]), rangeName([1, 1], [1, 1])]).toEqual(['B2:D9', 'A1'])
})

test('what Excel escapes', () => {
  expect(['a_x000D_b', '_x0041_', '_xD800_', 'plain_x'].map(unescapeCell)).toEqual(['a\rb', 'A', '\ufffd', 'plain_x'])
})

test('rows become segments with the range their cells stand in; a gap ends one', () => {
  const writer = new SheetWriter('Costs')
  writer.row(2, [
    { column: 2, text: 'Item' },
    { column: 4, text: 'Cost' },
  ])
  writer.row(3, [{ column: 4, text: 'two\nlines' }])
  writer.row(4, [{ column: 1, text: '  ' }])
  writer.row(9, [{ column: 40, text: 'far' }])
  expect(writer.drain()).toEqual([
    { text: 'Item\t\tCost\n\t\ttwo lines', locator: { kind: 'cells', sheet: 'Costs', range: 'B2:D3' }, kind: 'table' },
  ])
  expect(writer.drain(true)).toEqual([
    { text: 'far', locator: { kind: 'cells', sheet: 'Costs', range: 'AN9' }, kind: 'table' },
  ])
})
