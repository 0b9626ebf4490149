// Lines, paragraphs and cuts of plain text: locators must be exact whatever the line breaks and chunk borders.
import { describe, expect, test } from 'vitest'
import type { Segment } from '../../../../preload/contract/document.ts'
import { cutPoint, cutRanges } from '../../../../main/documents/logic/cutPoint.ts'
import { SEGMENT_CHARACTERS } from '../../../../main/documents/logic/lineBuffer.ts'
import { LineSplitter } from '../../../../main/documents/logic/lineSplitter.ts'
import { TextParagraphs } from '../../../../main/documents/logic/textParagraphs.ts'

function paragraphs(text: string, chunk = text.length || 1): { segments: readonly Segment[]; lines: number } {
  const splitter = new LineSplitter()
  const gatherer = new TextParagraphs()
  const segments: Segment[] = []
  for (let at = 0; at < text.length; at += chunk) {
    for (const piece of splitter.push(text.slice(at, at + chunk))) segments.push(...gatherer.push(piece))
  }
  for (const piece of splitter.finish()) segments.push(...gatherer.push(piece))
  return { segments: [...segments, ...gatherer.finish()], lines: splitter.lines }
}

function at(from: number, to: number): Segment['locator'] {
  return { kind: 'lines', from, to }
}

describe('paragraphs', () => {
  const text = 'One\r\ntwo\r\n\r\nthree\rfour\r\rfive\n\n\nsix'
  const expected = {
    segments: [
      { text: 'One\r\ntwo', locator: at(1, 2), kind: 'paragraph' },
      { text: 'three\rfour', locator: at(4, 5), kind: 'paragraph' },
      { text: 'five', locator: at(7, 7), kind: 'paragraph' },
      { text: 'six', locator: at(10, 10), kind: 'paragraph' },
    ],
    lines: 10,
  }

  test.each([1, 2, 3, 5, 7, 1000])('are the same in chunks of %i characters', (chunk) => {
    expect(paragraphs(text, chunk)).toEqual(expected)
  })

  test('a final line break opens no new line', () => {
    expect([paragraphs('a\nb\n').lines, paragraphs('a\nb').lines, paragraphs('\n').lines]).toEqual([2, 2, 1])
  })

  test('a form feed begins a paragraph and is no line break', () => {
    expect(paragraphs('one\n\ftwo\nthree').segments).toEqual([
      { text: 'one', locator: at(1, 1), kind: 'paragraph' },
      { text: 'two\nthree', locator: at(2, 3), kind: 'paragraph' },
    ])
  })

  test('lines of white space separate like empty ones and give nothing', () => {
    expect(paragraphs(' \t\n\n   ').segments).toEqual([])
  })

  test('right-to-left text and direction marks stay as they are', () => {
    const hebrew = 'שלום עולם\n\u202eabc\u202c'
    expect(paragraphs(hebrew).segments).toEqual([{ text: hebrew, locator: at(1, 2), kind: 'paragraph' }])
  })
})

describe('long paragraphs', () => {
  const lines = Array.from({ length: 400 }, (_, index) => `Line ${index + 1} says something of note.`)

  test('are cut at line ends, and every piece stands at the lines it names', () => {
    const { segments } = paragraphs(lines.join('\n'), 777)
    expect(segments.length).toBeGreaterThan(5)
    for (const { text, locator } of segments) {
      expect(text.length).toBeLessThanOrEqual(SEGMENT_CHARACTERS)
      expect(locator.kind === 'lines' && lines.slice(locator.from - 1, locator.to).join('\n')).toBe(text)
    }
    expect(segments.map((segment) => segment.text).join('\n')).toBe(lines.join('\n'))
  })

  test('a single line of a million characters without a space loses nothing', () => {
    const line = 'x'.repeat(1_000_000)
    const { segments, lines: count } = paragraphs(`${line}\nend`, 65_536)
    expect(
      segments
        .map((segment) => segment.text)
        .join('')
        .replace(/\s/g, ''),
    ).toBe(`${line}end`)
    expect([count, segments[0]?.locator, segments.at(-1)?.locator]).toEqual([2, at(1, 1), at(2, 2)])
  })

  test('are never cut inside a surrogate pair', () => {
    const { segments } = paragraphs('😀'.repeat(5000))
    expect(segments.every((segment) => segment.text.isWellFormed())).toBe(true)
  })
})

describe('cutPoint', () => {
  test('prefers a sentence end, then a line end, then a space, then the limit', () => {
    expect(cutPoint('aaaa bbbb. cccc dddd', 15)).toBe(10)
    expect(cutPoint('aaaa bbbb cc\ndddd eeee', 16)).toBe(13)
    expect(cutPoint('aaaaaa bbbb cccc dddd', 13)).toBe(12)
    expect(cutPoint('a'.repeat(30), 12)).toBe(12)
  })

  test('ranges cover a text without gaps', () => {
    const text = 'Some words. '.repeat(60)
    const ranges = cutRanges(text, 100)
    expect(ranges.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text)
    expect(ranges.every(({ start, end }) => end - start <= 100)).toBe(true)
  })
})
