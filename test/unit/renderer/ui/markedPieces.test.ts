// A text cut at its marks.
import { expect, test } from 'vitest'
import { markedPieces } from '../../../../renderer/ui/markedPieces.ts'

const text = 'pay 40 euros'

function joined(marks: Parameters<typeof markedPieces>[1]): string {
  return markedPieces(text, marks)
    .map((piece) => piece.text)
    .join('')
}

test('pieces of a marked text joined are the text', () => {
  expect(markedPieces(text, [{ start: 4, end: 6 }])).toEqual([
    { text: 'pay ', marked: false },
    { text: '40', marked: true },
    { text: ' euros', marked: false },
  ])
  expect(markedPieces('x', [])).toEqual([{ text: 'x', marked: false }])
})

test('marks at the ends, that touch, overlap or hold nothing, say no word twice', () => {
  expect(markedPieces(text, [{ start: 0, end: text.length }])).toEqual([{ text, marked: true }])
  const overlapping = [
    { start: 0, end: 6 },
    { start: 4, end: 12 },
  ]
  expect(joined(overlapping)).toBe(text)
  expect(markedPieces(text, overlapping).every(({ marked }) => marked)).toBe(true)
  const touching = [
    { start: 4, end: 6 },
    { start: 6, end: 7 },
    { start: 9, end: 9 },
  ]
  expect(joined(touching)).toBe(text)
})
