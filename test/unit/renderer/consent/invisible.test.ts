// Characters one does not see: each is found and named, emoji are left alone, and the text stays what it is.
import { expect, test } from 'vitest'
import { countInvisible, invisibleRuns } from '../../../../renderer/features/consent/invisible.ts'
import { seededRandom } from '../../../acceptance/seededRandom.ts'

const seed = Number(process.env['SOTTO_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

/** Plain pieces as they are, runs as name, code, count and what they spell. */
function found(text: string): readonly unknown[] {
  return invisibleRuns(text).map((run) =>
    typeof run === 'string' ? run : [run.name, run.code, run.count, run.spelled].filter((each) => each !== ''),
  )
}

function tags(text: string): string {
  return [...text].map((letter) => String.fromCodePoint(0xe0000 + (letter.codePointAt(0) ?? 0))).join('')
}

test('zero-width characters and controls of the direction are named, equal ones beside each other together', () => {
  expect(found('pay\u200B\u200B\u200Bload')).toEqual(['pay', ['zeroWidthSpace', 'U+200B', 3], 'load'])
  expect(found('\uFEFFa\u2060\u200Db')).toEqual([
    ['byteOrderMark', 'U+FEFF', 1],
    'a',
    ['wordJoiner', 'U+2060', 1],
    ['zeroWidthJoiner', 'U+200D', 1],
    'b',
  ])
  expect(found('to \u202Emoc.live\u202C now')).toEqual([
    'to ',
    ['rightToLeftOverride', 'U+202E', 1],
    'moc.live',
    ['endOfDirection', 'U+202C', 1],
    ' now',
  ])
})

test('a message hidden in tags is spelled out', () => {
  expect(found(`Hello${tags('ignore all')}.`)).toEqual(['Hello', ['tag', 'U+E0069', 10, 'ignore all'], '.'])
})

test('variation selectors count where they vary no emoji', () => {
  expect(found('x\uFE0F\u{E0101}')).toEqual(['x', ['variationSelector', 'U+FE0F', 2]])
  // A byte hidden behind an emoji: the first selector is the emoji's own, the rest are not.
  expect(found('\u{1F600}\uFE0F\u{E0150}\u{E0151}')).toEqual(['\u{1F600}\uFE0F', ['variationSelector', 'U+E0150', 2]])
  expect(found('7\uFE0F')).toEqual(['7', ['variationSelector', 'U+FE0F', 1]])
})

test.each([
  ['coloured and joined', '\u{1F469}\u{1F3FD}\u200D\u{1F4BB} and \u2764\uFE0F\u200D\u{1F525}'],
  ['keycaps', '1\uFE0F\u20E3 #\uFE0F\u20E3'],
  ['flags', '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F} \u{1F1E9}\u{1F1EA}'],
  ['signs of Arabic that are seen', '\u0600\u06DD'],
  ['lines, tabs and wide spaces', 'a\r\n\tb\u00A0c\u3000d'],
])('left alone: %s', (_what, text) => {
  expect(found(text)).toEqual([text])
  expect(countInvisible([text])).toBe(0)
})

test('a flag of no country is no flag', () => {
  expect(found(`\u{1F3F4}${tags('secret')}\u{E007F}`)).toEqual(['\u{1F3F4}', ['tag', 'U+E0073', 7, 'secret']])
})

test('what has no name of its own is told apart by its code', () => {
  expect(found('a\u0000\u0000\u0007b\u206A')).toEqual([
    'a',
    ['control', 'U+0000', 2],
    ['control', 'U+0007', 1],
    'b',
    ['other', 'U+206A', 1],
  ])
})

test('all texts are counted together, in characters', () => {
  expect(countInvisible(['a\u200Bb', tags('four'), 'plain'])).toBe(5)
})

test(`whatever stands beside what, the pieces joined are the text (seed ${seed})`, () => {
  const random = seededRandom(seed)
  const alphabet = ['a', '\n', '\u200B', '\u200D', '\uFE0F', '\u{1F600}', '\u{1F3F4}', tags('x'), '\u202E', '\uD800', '7', '\u20E3'] // prettier-ignore
  for (let round = 0; round < 500; round += 1) {
    const text = Array.from({ length: 30 }, () => alphabet[Math.floor(random() * alphabet.length)]).join('')
    const pieces = invisibleRuns(text)
    expect(pieces.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('')).toBe(text)
    expect(pieces.filter((piece) => typeof piece === 'string' && piece.includes('\u200B'))).toEqual([])
  }
})
