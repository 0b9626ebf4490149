// Which characters are highlighted: offsets on a page, lines of a text, overlaps, and text that does not map.
import { describe, expect, test } from 'vitest'
import type { Locator, Segment } from '../../../../../preload/contract/document.ts'
import {
  paintedPieces,
  passageMarks,
  stretches,
} from '../../../../../renderer/features/documents/source/passageMarks.ts'

const onPage: Segment = { text: 'The crane was moved.', locator: { kind: 'page', page: 2, start: 100, end: 120 } }
const lines: Segment = { text: 'First line.\nThe crane\nwas moved.\nLast.', locator: { kind: 'lines', from: 5, to: 8 } }

function page(start: number, end: number, number = 2): Locator {
  return { kind: 'page', page: number, start, end }
}

describe('pages', () => {
  test('offsets are the page’s, clipped to the segment', () => {
    expect(passageMarks(onPage, [page(104, 109)], null)).toEqual([{ start: 4, end: 9 }])
    expect(passageMarks(onPage, [page(90, 103), page(118, 200)], null)).toEqual([
      { start: 0, end: 3 },
      { start: 18, end: 20 },
    ])
  })

  test('overlapping and touching places become one', () => {
    expect(passageMarks(onPage, [page(110, 115), page(104, 110), page(112, 118)], null)).toEqual([
      { start: 4, end: 18 },
    ])
  })

  test('another page, a place before or behind, and a bare place mark nothing', () => {
    for (const place of [page(104, 109, 3), page(0, 100), page(120, 130), page(0, 0)]) {
      expect(passageMarks(onPage, [place], null)).toEqual([])
    }
  })

  test('text that does not stand one to one on the page is marked whole', () => {
    expect(passageMarks({ ...onPage, text: 'Short.' }, [page(104, 109)], null)).toEqual([{ start: 0, end: 6 }])
  })
})

describe('lines', () => {
  test('mark whole lines without the break at their end', () => {
    const [mark] = passageMarks(lines, [{ kind: 'lines', from: 6, to: 7 }], null)
    expect(lines.text.slice(mark?.start, mark?.end)).toBe('The crane\nwas moved.')
  })

  test('mark the words alone when they stand there, whatever white space is between them', () => {
    const [mark] = passageMarks(lines, [{ kind: 'lines', from: 6, to: 7 }], 'crane was moved')
    expect(lines.text.slice(mark?.start, mark?.end)).toBe('crane\nwas moved')
    const hostile = passageMarks({ ...lines, text: 'a (+ b\nc\nd\ne' }, [{ kind: 'lines', from: 5, to: 5 }], '(+ b')
    expect(hostile).toEqual([{ start: 2, end: 6 }])
  })

  test('elsewhere mark nothing; lines that were joined are marked whole', () => {
    expect(passageMarks(lines, [{ kind: 'lines', from: 9, to: 12 }], null)).toEqual([])
    const joined = { ...lines, text: 'All in one.' }
    expect(passageMarks(joined, [{ kind: 'lines', from: 6, to: 6 }], null)).toEqual([{ start: 0, end: 11 }])
  })
})

test('pieces cover the text once, the strong tone above the light one', () => {
  expect(paintedPieces(10, [{ start: 4, end: 6 }], [{ start: 2, end: 5 }])).toEqual([
    { start: 0, end: 2, tone: 'plain' },
    { start: 2, end: 4, tone: 'light' },
    { start: 4, end: 5, tone: 'strong' },
    { start: 5, end: 6, tone: 'strong' },
    { start: 6, end: 10, tone: 'plain' },
  ])
  expect(paintedPieces(0, [], [])).toEqual([])
})

test('stretches between separators, empty ones too', () => {
  const text = 'x\ta\t\tb'
  expect(stretches(text, 2, text.length, /\t/g).map(({ start, end }) => text.slice(start, end))).toEqual(['a', '', 'b'])
})
