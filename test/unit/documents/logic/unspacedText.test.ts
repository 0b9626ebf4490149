// Writing without spaces, taken apart.
import { expect, test } from 'vitest'
import { unspacedCharacters } from '../../../../main/documents/logic/unspacedText.ts'

test.each([
  ['Only words here, Straße 12', null],
  ['안녕하세요 세계', null],
  ['中国人民', '中 国 人 民'],
  ['The 中国 and カナ', '中 国\nカ ナ'],
  ['𠀀𠀁', '𠀀 𠀁'],
  ['ภาษา', 'ภ า ษ า'],
])('%s', (text, expected) => {
  expect(unspacedCharacters(text)).toBe(expected)
})
