// Telling text from other bytes, and the census of a whole file.
import { describe, expect, test } from 'vitest'
import { ByteCensus, type Census } from '../../../../main/documents/logic/byteCensus.ts'
import { sniffText } from '../../../../main/documents/logic/textSniff.ts'

function bytes(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values)
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function utf16le(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'utf16le'))
}

function utf16be(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'utf16le').swap16())
}

describe('sniffText', () => {
  test.each([
    ['plain', utf8('Hello\tthere\r\n'), { kind: 'utf-8', mark: 0 }],
    ['marked UTF-8', bytes(0xef, 0xbb, 0xbf, 0x41), { kind: 'utf-8', mark: 3 }],
    ['marked UTF-16', bytes(0xff, 0xfe, 0x41, 0), { kind: 'utf-16', encoding: 'utf-16le', mark: 2 }],
    ['unmarked UTF-16 LE', utf16le('Two words'), { kind: 'utf-16', encoding: 'utf-16le', mark: 0 }],
    ['unmarked UTF-16 BE', utf16be('Two words'), { kind: 'utf-16', encoding: 'utf-16be', mark: 0 }],
    [
      'unmarked UTF-16, Chinese',
      utf16le('港口的防洪闸门\n已经完成。'),
      { kind: 'utf-16', encoding: 'utf-16le', mark: 0 },
    ],
    ['Latin-1', bytes(0x67, 0x72, 0xfc, 0xdf, 0x65), { kind: 'maybe-legacy' }],
    ['a NUL among letters', bytes(0x41, 0x42, 0, 0x43, 0x44, 0x45, 0x46, 0x47), { kind: 'binary' }],
    ['control characters', bytes(1, 2, 3, 4, 0x41), { kind: 'binary' }],
    ['zeros', new Uint8Array(100), { kind: 'binary' }],
  ])('%s', (_, sample, expected) => {
    expect(sniffText(sample, true)).toEqual(expected)
  })

  test('a sample may end inside a character, a whole file may not', () => {
    const cut = utf8('Häfen ü').slice(0, -1)
    expect([sniffText(cut, false), sniffText(cut, true)]).toEqual([
      { kind: 'utf-8', mark: 0 },
      { kind: 'maybe-legacy' },
    ])
  })

  test('random bytes are never text', () => {
    let state = 42
    const random = () => (state = (state * 1103515245 + 12345) % 2147483648) >>> 16
    for (let round = 0; round < 200; round += 1) {
      const junk = Uint8Array.from({ length: 512 }, () => random() & 0xff)
      expect(sniffText(junk, true).kind).toBe('binary')
    }
  })
})

describe('ByteCensus', () => {
  function census(input: Uint8Array, encoding: 'bytes' | 'utf-16le' | 'utf-16be' = 'bytes', chunk = 3): Census {
    const counting = new ByteCensus(encoding)
    for (let at = 0; at < input.length; at += chunk) counting.push(input.slice(at, at + chunk))
    return counting.finish()
  }

  test('counts line breaks of every kind once, across chunks', () => {
    const text = 'a\r\nb\rc\n\r\n\n\rd'
    const expected = {
      bytes: 12,
      multibyte: 0,
      brokenUtf8: 0,
      encodedSurrogates: 0,
      lineBreaks: 6,
      endsInBreak: false,
      firstHighByte: null,
    }
    for (const chunk of [1, 2, 3, 100]) expect(census(utf8(text), 'bytes', chunk)).toEqual(expected)
    for (const chunk of [1, 3, 100]) expect(census(utf16le(text), 'utf-16le', chunk).lineBreaks).toBe(6)
    expect(census(utf16be(text), 'utf-16be', 1).lineBreaks).toBe(6)
  })

  test('agrees with a strict decoder on what is sound UTF-8', () => {
    const sound = [utf8('aé漢😀'), bytes(0xf4, 0x8f, 0xbf, 0xbf), bytes(0xe0, 0xa0, 0x80)]
    const broken = [
      bytes(0xc0, 0x80),
      bytes(0xff),
      bytes(0xe0, 0x80, 0x80),
      bytes(0xf4, 0x90, 0x80, 0x80),
      bytes(0xc3),
      bytes(0x80),
    ]
    for (const input of sound) expect(census(input, 'bytes', 1).brokenUtf8).toBe(0)
    for (const input of broken) {
      expect(() => new TextDecoder('utf-8', { fatal: true }).decode(input)).toThrow()
      expect(census(input, 'bytes', 1).brokenUtf8).toBeGreaterThan(0)
    }
  })

  test('surrogates written as UTF-8 count apart', () => {
    const { brokenUtf8, encodedSurrogates, multibyte, firstHighByte } = census(
      bytes(0x41, 0xed, 0xa0, 0x80, 0x42, 0xed, 0x9f, 0xbf),
    )
    expect({ brokenUtf8, encodedSurrogates, multibyte, firstHighByte }).toEqual({
      brokenUtf8: 0,
      encodedSurrogates: 1,
      multibyte: 1,
      firstHighByte: 1,
    })
  })
})
