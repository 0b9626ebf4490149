// Our UTF-8 decoder against the platform's.
import { expect, test } from 'vitest'
import { decodeUtf8 } from '../../../../main/models/logic/utf8.ts'

test('decodes what the platform decodes', () => {
  const text = 'plain, Füße, 漢字, 🙂, \u0000, \uffff'
  expect(decodeUtf8(new TextEncoder().encode(text))).toBe(text)
})

test.each([[[0xff]], [[0xc3]], [[0xc0, 0x80]], [[0xed, 0xa0, 0x80]], [[0xf4, 0x90, 0x80, 0x80]], [[0x41, 0xe2, 0x82]]])(
  'malformed %j never throws and never yields a character that was not there',
  (bytes) => {
    const text = decodeUtf8(Uint8Array.from(bytes))
    expect([...text].every((character) => character === '\ufffd' || character === 'A')).toBe(true)
    expect(text).toContain('\ufffd')
  },
)
