// Cutting the older part of a conversation.
import { expect, test } from 'vitest'
import { olderPieces } from '../../../../main/chat/logic/olderPieces.ts'

test('joins short texts up to the limit and cuts long ones at blanks', () => {
  expect(olderPieces(['aa', 'bb', 'cc'], 6)).toEqual(['aa\n\nbb', 'cc'])
  expect(olderPieces(['one two three four'], 9)).toEqual(['one two', 'three', 'four'])
  expect(olderPieces(['x'.repeat(10)], 4)).toEqual(['xxxx', 'xxxx', 'xx'])
  expect(olderPieces([], 4)).toEqual([])
})

test('loses no word and keeps every piece within the limit', () => {
  const words = Array.from({ length: 500 }, (_, index) => `w${index * 7919}`)
  const pieces = olderPieces([words.slice(0, 200).join(' '), words.slice(200).join(' ')], 97)
  expect(pieces.join(' ').split(/\s+/u)).toEqual(words)
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(97)
})
