// Sentences know exactly where they stand: spans slice back to the text, locators are narrowed, page breaks are bridged.
import { describe, expect, test } from 'vitest'
import type { Segment } from '#contract/document.ts'
import { cutSentence, splitSentences } from '../../../../main/text/logic/sentences.ts'
import { seeded } from './seeded.ts'

function lines(text: string, from = 1, kind?: Segment['kind']): Segment {
  const to = from + text.split('\n').length - 1
  return { text, locator: { kind: 'lines', from, to }, ...(kind === undefined ? {} : { kind }) }
}

function page(text: string, number: number, start = 0): Segment {
  return { text, locator: { kind: 'page', page: number, start, end: start + text.length }, kind: 'paragraph' }
}

function texts(text: string): string[] {
  return splitSentences([lines(text)]).map((sentence) => sentence.text)
}

describe('where sentences end', () => {
  test.each([
    ['Dr. Smith met Mr. Jones. They talked.', ['Dr. Smith met Mr. Jones.', 'They talked.']],
    ['See e.g. Section 4. It is short.', ['See e.g. Section 4.', 'It is short.']],
    ['J. K. Rowling wrote it. She is rich.', ['J. K. Rowling wrote it.', 'She is rich.']],
    ['See Fig. 3 and No. 5. Then stop.', ['See Fig. 3 and No. 5.', 'Then stop.']],
    ['Did he agree? No. The vote failed.', ['Did he agree?', 'No.', 'The vote failed.']],
    ['"Why?" he asked. Nobody knew.', ['"Why?" he asked.', 'Nobody knew.']],
    ['Das gilt z. B. für Öl. Am 3. Mai endet es.', ['Das gilt z. B. für Öl.', 'Am 3. Mai endet es.']],
    ['It happened in room 3. The door was open.', ['It happened in room 3.', 'The door was open.']],
    ['1. Introduction to boats', ['Introduction to boats']],
    ['It cost 3.5 million. Fine.', ['It cost 3.5 million.', 'Fine.']],
  ])('%s', (text, expected) => {
    expect(texts(text)).toEqual(expected)
  })

  // Looked at from every character anew, each of these would take far longer than a test may.
  test.each([
    ['one word without end', `${'aQb'.repeat(100_000)} here. Next one.`],
    ['blank lines', `One here.\n${' '.repeat(300_000)}\nNext one.`],
    ['a row that goes on in spaces', `One   here.${' '.repeat(300_000)}\nNext one.`],
  ])('what somebody wrote to hold the reader up does not: %s', (_, text) => {
    const found = texts(text)
    expect([found[0]?.startsWith(text.slice(0, 3)), found.at(-1)]).toEqual([true, 'Next one.'])
  })

  test('a line break inside a paragraph ends nothing; list items and rows do', () => {
    expect(texts('One sentence that\nruns on. And another.')).toEqual(['One sentence that runs on.', 'And another.'])
    expect(texts('Bring:\n- a rope\n- two oars. Good ones.\n- [ ] a lamp')).toEqual([
      'Bring:',
      'a rope',
      'two oars.',
      'Good ones.',
      'a lamp',
    ])
    expect(texts('| a | b |\n| c | d |')).toEqual(['| a | b |', '| c | d |'])
  })

  test('text without an end is cut at white space', () => {
    const cut = texts('word '.repeat(1000))
    expect(cut.length).toBeGreaterThan(3)
    expect(cut.every((part) => part.length <= 1200 && /^word.*word$/.test(part))).toBe(true)
  })
})

describe('where sentences stand', () => {
  test('lines are the sentence’s own lines', () => {
    const [first, second, third] = splitSentences([lines('First one\nends here. Second.\nThird is\non two.', 10)])
    expect(first?.locators).toEqual([{ kind: 'lines', from: 10, to: 11 }])
    expect(second?.locators).toEqual([{ kind: 'lines', from: 11, to: 11 }])
    expect(third?.locators).toEqual([{ kind: 'lines', from: 12, to: 13 }])
  })

  test('pages are narrowed to the characters', () => {
    const [, second] = splitSentences([page('One. Two is here.', 4, 100)])
    expect(second?.locators).toEqual([{ kind: 'page', page: 4, start: 105, end: 117 }])
  })

  test('a segment whose text does not map one to one keeps its own locator', () => {
    const segment: Segment = { text: 'One. Two.', locator: { kind: 'page', page: 1, start: 0, end: 50 } }
    expect(splitSentences([segment]).map((each) => each.locators)).toEqual([[segment.locator], [segment.locator]])
  })

  test('a sentence over a page break has both places', () => {
    const sentences = splitSentences([page('Start. The gate was hung in a', 1), page('single tide. Next one.', 2)])
    expect(sentences.map((each) => each.text)).toEqual(['Start.', 'The gate was hung in a single tide.', 'Next one.'])
    expect(sentences[1]?.locators).toEqual([
      { kind: 'page', page: 1, start: 7, end: 29 },
      { kind: 'page', page: 2, start: 0, end: 12 },
    ])
  })

  test('a new paragraph with a capital is not joined to the page before', () => {
    expect(splitSentences([page('No end here', 1), page('Another thing. Yes.', 2)]).map((each) => each.text)).toEqual([
      'No end here',
      'Another thing.',
      'Yes.',
    ])
  })
})

describe('random documents', () => {
  const pieces = [
    'Word',
    'boat.',
    'Dr.',
    '3.',
    'and',
    '\n',
    '\n- item',
    '“Yes!”',
    '1,000',
    '(see)',
    'Ende;',
    '\n\n',
    'z.',
    'B.',
    '😀',
    'x\ty',
  ]

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('seed %i: spans slice back, never overlap, and leave no letter out', (seed) => {
    const random = seeded(seed)
    const segments = Array.from({ length: 20 }, (_, at) =>
      lines(
        Array.from({ length: 1 + Math.floor(random() * 60) }, () => pieces[Math.floor(random() * pieces.length)]).join(
          ' ',
        ),
        at * 100 + 1,
      ),
    )
    const sentences = splitSentences(segments)
    expect(sentences.map((each) => each.index)).toEqual(sentences.map((_, at) => at))
    const covered = segments.map((segment) => new Array<boolean>(segment.text.length).fill(false))
    for (const sentence of sentences) {
      const slices = sentence.spans.map((span) => segments[span.segment]?.text.slice(span.start, span.end) ?? '')
      expect(slices.join(' ').replace(/\s+/g, ' ')).toBe(sentence.text)
      for (const span of sentence.spans) {
        for (let at = span.start; at < span.end; at += 1) {
          expect(covered[span.segment]?.[at]).toBe(false)
          covered[span.segment]?.splice(at, 1, true)
        }
        const locator = sentence.locators[0]
        const before = segments[span.segment]?.text.slice(0, span.start).split('\n').length ?? 0
        if (locator?.kind === 'lines') expect(locator.from).toBe(span.segment * 100 + before)
      }
    }
    segments.forEach((segment, at) => {
      const gaps = segment.text.split('').map((character, i) => (covered[at]?.[i] === true ? '\0' : character))
      for (const gap of gaps.join('').split(/\0+/)) {
        expect(gap.replace(/(?:^|\s)\(?\d{1,3}[.)]\s/g, '').replace(/[^\p{L}\p{N}]/gu, '')).toBe('')
      }
    })
  })
})

test('an over-long sentence is cut into pieces that together are the sentence', () => {
  const segments = [lines(`${'long '.repeat(100)}end.`)]
  const [sentence] = splitSentences(segments)
  const parts = sentence === undefined ? [] : cutSentence(segments, sentence, 60)
  expect(parts.every((part) => part.text.length <= 60)).toBe(true)
  expect(parts.map((part) => part.text).join(' ')).toBe(sentence?.text)
})
