// The coverage strip's cells: pages one by one, lines in bins, shades by use, hatching where nothing was found.
import { describe, expect, test } from 'vitest'
import type { Coverage, Locator } from '../../../../../preload/contract/document.ts'
import {
  cellPlace,
  coverageCells,
  mostCells,
  ordinalRanges,
} from '../../../../../renderer/features/documents/coverage/coverageCells.ts'

function page(number: number): Locator {
  return { kind: 'page', page: number, start: 0, end: 9 }
}

function covered(unit: Coverage['unit'], total: number, withoutText: number[] = []): Coverage {
  return { unit, total, read: total, withoutText }
}

describe('pages', () => {
  test('one cell each; a claim counts once per page, shades go by the page used most', () => {
    const claims = [[page(1)], [page(1), page(1)], [page(1), page(3)], [page(1)]].map((locators) => ({ locators }))
    const cells = coverageCells(covered('page', 4, [4]), claims)
    expect(cells.map(({ from, to, claims: drawn, level, empty }) => [from, to, drawn, level, empty])).toEqual([
      [1, 1, 4, 4, false],
      [2, 2, 0, 0, false],
      [3, 3, 1, 1, false],
      [4, 4, 0, 0, true],
    ])
  })

  test('many pages share cells, without a gap or an overlap; a cell is empty only when all its pages are', () => {
    const cells = coverageCells(covered('page', 1000, [1, 2, 3, 4, 5, 6, 7, 8, 12]), [{ locators: [page(1000)] }])
    expect(cells.length).toBe(mostCells)
    cells.forEach((cell, at) => expect(cell.from).toBe((cells[at - 1]?.to ?? 0) + 1))
    expect([cells[0]?.empty, cells[1]?.empty, cells.at(-1)?.to, cells.at(-1)?.claims]).toEqual([true, false, 1000, 1])
  })
})

test('a cell of nothing but units that were not read says why', () => {
  const skipped = [
    { from: 2, to: 2, why: 'not-shown' as const },
    { from: 4, to: 4, why: 'limit' as const },
  ]
  const cells = coverageCells({ ...covered('page', 4), read: 2, skipped }, [])
  expect(cells.map((cell) => cell.skipped)).toEqual([null, 'not-shown', null, 'limit'])
})

test('a range of lines draws on every bin it touches', () => {
  const cells = coverageCells(covered('line', 240), [{ locators: [{ kind: 'lines', from: 2, to: 5 }] }])
  expect(cells.slice(0, 4).map(({ from, to, claims }) => [from, to, claims])).toEqual([
    [1, 2, 1],
    [3, 4, 1],
    [5, 6, 1],
    [7, 8, 0],
  ])
})

test('a document without units, and places that are none, have no cells and harm nothing', () => {
  expect(coverageCells(covered('page', 0), [{ locators: [page(1)] }])).toEqual([])
  const odd: Locator = { kind: 'cells', sheet: 'Costs', range: 'A1:B2' }
  expect(coverageCells(covered('page', 1), [{ locators: [odd] }])[0]?.claims).toBe(0)
})

test('a cell leads to its first page, or to its lines', () => {
  const [cell] = coverageCells(covered('line', 240), [])
  if (cell === undefined) throw new Error('no cell')
  expect(cellPlace(cell, { unit: 'line' })).toEqual({ kind: 'lines', from: 1, to: 2 })
  expect(cellPlace(cell, { unit: 'page' })).toEqual({ kind: 'page', page: 1, start: 0, end: 0 })
})

describe('every unit: claims shade the cells they draw on, and a cell leads to where its first unit begins', () => {
  const cells = (sheet: string, range: string): Locator => ({ kind: 'cells', sheet, range })
  const section = (paragraph: number): Locator => ({ kind: 'section', path: ['A', 'B'], paragraph })
  const start = (paragraph: number): Locator => ({ kind: 'section', path: [], paragraph })
  type Row = readonly [Coverage['unit'], Locator, claims: number[], place: Locator, places?: readonly Locator[]]
  const rows: readonly Row[] = [
    ['page', page(2), [0, 1, 0], { kind: 'page', page: 2, start: 0, end: 0 }],
    ['slide', { kind: 'slide', slide: 3, part: 'notes' }, [0, 0, 1], { kind: 'slide', slide: 2, part: 'body' }],
    ['line', { kind: 'lines', from: 1, to: 2 }, [1, 1, 0], { kind: 'lines', from: 2, to: 2 }],
    ['message', { kind: 'message', index: 0, part: 'text' }, [1, 0, 0], { kind: 'message', index: 1, part: 'body' }],
    ['paragraph', section(3), [0, 0, 1], start(2)],
    ['chapter', section(7), [0, 1, 0], start(4), [start(1), start(4), start(9)]],
    [
      'sheet',
      cells('Plan', 'B2:C9'),
      [0, 0, 1],
      cells('Staff', 'A1'),
      ['Costs', 'Staff', 'Plan'].map((name) => cells(name, 'A1')),
    ],
    ['row', cells('table', 'A2:C3'), [0, 1, 1], cells('', 'A2:A2')],
  ]
  test.each(rows.map((row) => ({ unit: row[0], row })))('$unit', ({ row: [unit, locator, claims, place, places] }) => {
    const coverage = { ...covered(unit, 3), ...(places === undefined ? {} : { places: [...places] }) }
    const strip = coverageCells(coverage, [{ locators: [locator] }])
    expect(strip.map((cell) => cell.claims)).toEqual(claims)
    expect(strip[1] === undefined ? null : cellPlace(strip[1], coverage)).toEqual(place)
  })

  test('a workbook read before its sheets were named shades nothing rather than the wrong sheet', () => {
    const strip = coverageCells(covered('sheet', 2), [{ locators: [cells('Plan', 'A1')] }])
    expect(strip.map((cell) => cell.claims)).toEqual([0, 0])
  })
})

test('ordinals are joined and cut off', () => {
  expect(ordinalRanges([])).toBe('')
  expect(ordinalRanges([4, 9, 10, 11, 13])).toBe('4, 9–11, 13')
  expect(ordinalRanges([1, 3, 5, 7], 3)).toBe('1, 3, 5, …')
})
