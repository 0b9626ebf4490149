// The readable request: whatever is cut, its pieces joined are the text that is sent.
import { describe, expect, test } from 'vitest'
import type { Redaction } from '#contract/cloudDraft.ts'
import { countRedactions, draftBlocks, draftSegments } from '../../../../renderer/features/consent/draftSegments.ts'

const seed = Number(process.env['SOTTO_SEED'] ?? 1)

function mark(start: number, end: number, redactionId = `r${start}`) {
  return { start, end, redactionId }
}

describe('segments', () => {
  test('marks become runs of their own, in order', () => {
    expect(draftSegments({ text: 'to [A] and [B].', marks: [mark(3, 6), mark(11, 14)] })).toEqual([
      { text: 'to ', redactionId: null },
      { text: '[A]', redactionId: 'r3' },
      { text: ' and ', redactionId: null },
      { text: '[B]', redactionId: 'r11' },
      { text: '.', redactionId: null },
    ])
  })

  test('a mark that overlaps, is empty or ends outside stays plain text', () => {
    expect(draftSegments({ text: 'abcdef', marks: [mark(0, 3), mark(2, 4), mark(4, 4), mark(5, 9)] })).toEqual([
      { text: 'abc', redactionId: 'r0' },
      { text: 'def', redactionId: null },
    ])
  })

  test('an empty text has none', () => {
    expect(draftSegments({ text: '', marks: [] })).toEqual([])
    expect(draftBlocks([])).toEqual([])
  })
})

describe('blocks', () => {
  test('end after line breaks, and a mark is never cut', () => {
    const line = `${'word '.repeat(200)}\n`
    const blocks = draftBlocks([
      { text: line + line + line, redactionId: null },
      { text: 'x\ny'.repeat(1000), redactionId: 'r' },
    ])
    expect(blocks.map((block) => block.map(({ text, redactionId }) => [text.length, redactionId]))).toEqual([
      [[2002, null]],
      [
        [1001, null],
        [3000, 'r'],
      ],
    ])
  })

  test(`lose and add nothing (seed ${seed})`, () => {
    let state = seed
    const random = (below: number) => (state = (state * 1103515245 + 12345) % 2147483648) % below
    for (let round = 0; round < 200; round += 1) {
      const text = Array.from({ length: random(6000) }, () => 'ab \n€[]\u{1F600}'.charAt(random(9))).join('')
      const marks = Array.from({ length: random(30) }, () => {
        const start = random(text.length + 1)
        return mark(start, start + random(20))
      }).toSorted((one, other) => one.start - other.start)
      const blocks = draftBlocks(draftSegments({ text, marks }))
      expect(
        blocks
          .flat()
          .map((segment) => segment.text)
          .join(''),
      ).toBe(text)
    }
  })
})

test('what is hidden is counted by class, most first', () => {
  const one = (id: string, kind: Redaction['class'], on: boolean): Redaction => ({
    id,
    class: kind,
    confidence: 'rule',
    original: id,
    placeholder: `[${id}]`,
    on,
    occurrences: 1,
  })
  expect(
    countRedactions([
      one('a', 'email', true),
      one('b', 'person', true),
      one('c', 'person', true),
      one('d', 'iban', false),
    ]),
  ).toEqual({
    hidden: 3,
    clear: 1,
    byClass: [
      ['person', 2],
      ['email', 1],
    ],
  })
})
