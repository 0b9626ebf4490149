// What stands above a segment in the source, format by format.
import { expect, test } from 'vitest'
import type { Locator, Segment } from '../../../../../preload/contract/document.ts'
import { besideSegment, openedUnit } from '../../../../../renderer/features/documents/source/openedUnit.ts'
import { wordMarks } from '../../../../../renderer/features/documents/source/passageMarks.ts'

function at(locator: Locator, kind?: Segment['kind']): Segment {
  return kind === undefined ? { text: 'x', locator } : { text: 'x', locator, kind }
}

/** What each segment opens, in order. */
function opened(segments: readonly Segment[], single = false): readonly unknown[] {
  return segments.map((segment, index) => {
    const unit = openedUnit(segment, segments[index - 1], single)
    return unit === null ? null : [unit.key, ...Object.values(unit.values)]
  })
}

test('pages by the label they print, once each', () => {
  const page = (number: number, label?: string): Segment =>
    at({ kind: 'page', page: number, start: 0, end: 1, ...(label === undefined ? {} : { label }) })
  expect(opened([page(1, 'i'), page(1, 'i'), page(2)])).toEqual([['page', 'i'], null, ['page', 2]])
})

test('slides and their notes', () => {
  const slide = (number: number, part: 'body' | 'notes') => at({ kind: 'slide', slide: number, part })
  expect(opened([slide(1, 'body'), slide(1, 'body'), slide(1, 'notes'), slide(2, 'body')])).toEqual([
    ['opened.slide', 1],
    null,
    ['opened.notes', 1],
    ['opened.slide', 2],
  ])
})

test('sheets by name, with the range beside; a table of its own has no name', () => {
  const cells = (sheet: string, range: string) => at({ kind: 'cells', sheet, range })
  const all = [cells('Costs', 'A1:B9'), cells('Costs', 'A10:B19'), cells('Plan', 'A1:C3')]
  expect(opened(all)).toEqual([['opened.sheet', 'Costs'], null, ['opened.sheet', 'Plan']])
  expect(all.map(besideSegment)).toEqual(['A1:B9', 'A10:B19', 'A1:C3'])
  expect(opened([cells('', 'A1:B9')])).toEqual([null])
})

test('chapters, unless their heading says it', () => {
  const section = (name: string, paragraph: number, kind?: Segment['kind']) =>
    at({ kind: 'section', path: [name], paragraph }, kind)
  expect(opened([section('One', 1, 'heading'), section('One', 2), section('Two', 3)])).toEqual([
    null,
    null,
    ['opened.section', 'Two'],
  ])
})

test('messages of a mailbox, what is within them and their attachments; a single e-mail has no number', () => {
  const message = (index: number, part: string) => at({ kind: 'message', index, part })
  const all = [
    message(0, 'headers'),
    message(0, 'body'),
    message(0, 'attachments'),
    message(0, '1.headers'),
    message(1, 'headers'),
  ]
  const within = [null, ['opened.attachments'], ['opened.headers']]
  expect(opened(all)).toEqual([['opened.message', 1], ...within, ['opened.message', 2]])
  expect(opened(all.slice(0, 4), true)).toEqual([null, ...within])
})

test('the words of a search are marked where they stand, whatever their case and the space between', () => {
  expect(wordMarks('The gate.\nA Gate  post (1+1)', ['gate', 'gate post', '(1+1)'])).toEqual([
    { start: 4, end: 8 },
    { start: 12, end: 22 },
    { start: 23, end: 28 },
  ])
  expect(wordMarks('The gate', [])).toEqual([])
})
