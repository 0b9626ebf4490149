// The coverage strip's cells: pages one by one, lines in bins, shades by use, hatching where nothing was found.
import { describe, expect, test } from 'vitest'
import type { Coverage, Locator } from '../../../../preload/contract/document.ts'
import {
  cellPlace,
  coverageCells,
  mostCells,
  ordinalRanges,
} from '../../../../renderer/features/documents/coverageCells.ts'

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
  expect(cellPlace(cell, 'line')).toEqual({ kind: 'lines', from: 1, to: 2 })
  expect(cellPlace(cell, 'page')).toEqual({ kind: 'page', page: 1, start: 0, end: 0 })
})

test('ordinals are joined and cut off', () => {
  expect(ordinalRanges([])).toBe('')
  expect(ordinalRanges([4, 9, 10, 11, 13])).toBe('4, 9–11, 13')
  expect(ordinalRanges([1, 3, 5, 7], 3)).toBe('1, 3, 5, …')
})
