// Small decisions of exports: file names, visible text, passages at a place, the layout of statements.
import { describe, expect, test } from 'vitest'
import type { Locator, Segment } from '#contract/document.ts'
import { fileNameOf } from '../../../../main/exports/logic/fileName.ts'
import { passageAt } from '../../../../main/exports/logic/passageAt.ts'
import { blocksOf } from '../../../../main/exports/logic/statementBlocks.ts'
import { visibleText, withVisibleMarks } from '../../../../main/exports/logic/visibleText.ts'
import { fontRuns } from '../../../../main/exports/pdfFonts.ts'

describe('file names', () => {
  test.each([
    ['a/b\\c:d*e?.pdf', 'a b c d e .pdf.md'],
    ['../../etc/passwd', 'etc passwd.md'],
    ['CON', 'Sotto CON.md'],
    ['nul.txt', 'Sotto nul.txt.md'],
    ['   ', 'Sotto.md'],
    ['…\u202Egpj.exe', '… gpj.exe.md'],
    ['x'.repeat(200), `${'x'.repeat(80)}.md`],
    ['Zusammenfassung von „Über uns“', 'Zusammenfassung von Über uns.md'],
  ])('%s', (title, name) => {
    expect(fileNameOf(title, 'md')).toBe(name)
  })
})

test('text keeps what can be read and loses what hides', () => {
  expect(visibleText('a\u202Eb\u200Bc\u0007d\uD800e\r\nf\tg')).toBe('abcd\uFFFDe\nf\tg')
  expect(visibleText('👩\u200D👩 نامه\u200Cای')).toBe('👩\u200D👩 نامه\u200Cای')
})

test('marks stay on their words when what hides before them goes', () => {
  const text = 'Pay\u200B\u200B\u200B\u202E five \u2060euros, not ten.'
  const marks = ['five', 'ten'].map((word) => ({ start: text.indexOf(word), end: text.indexOf(word) + word.length }))
  const side = withVisibleMarks({ text, marks })
  expect(side.text).toBe('Pay five euros, not ten.')
  expect(side.marks.map(({ start, end }) => side.text.slice(start, end))).toEqual(['five', 'ten'])
})

describe('the passage at a place', () => {
  const at = (locator: Locator, text: string): Segment => ({ locator, text })
  test('of a page is cut to its offsets', () => {
    const page = at({ kind: 'page', page: 2, start: 100, end: 121 }, 'First one. Second one')
    expect(passageAt([page], { kind: 'page', page: 2, start: 111, end: 121 }, 'x')).toBe('Second one')
    expect(passageAt([page], { kind: 'page', page: 3, start: 111, end: 121 }, 'x')).toBe('')
  })
  test('of lines is those lines', () => {
    const lines = at({ kind: 'lines', from: 4, to: 6 }, 'four\nfive\nsix')
    expect(passageAt([lines], { kind: 'lines', from: 5, to: 6 }, 'x')).toBe('five\nsix')
  })
  test('of a long paragraph is the sentence that carries the statement', () => {
    const filler = Array.from({ length: 20 }, (_, n) => `Ship number ${n} carries coal to the northern harbour.`)
    const text = [...filler, 'The lighthouse was painted green in spring.', ...filler].join(' ')
    const place: Locator = { kind: 'section', path: ['A'], paragraph: 3 }
    expect(passageAt([at(place, text)], place, 'The lighthouse was painted green.')).toBe(
      'The lighthouse was painted green in spring.',
    )
  })
})

test('statements stand as their text lays them out', () => {
  const statement = (text: string) => ({ text, supported: true, citations: [] })
  const blocks = blocksOf(
    'One. Two.\n\n- Three.\n- Four. Five.',
    ['One.', 'Two.', 'Three.', 'Four.', 'Five.'].map(statement),
  )
  expect(blocks.map(({ kind, items }) => [kind, items.map((item) => item.map(({ text }) => text))])).toEqual([
    ['paragraph', [['One.', 'Two.']]],
    ['list', [['Three.'], ['Four.', 'Five.']]],
  ])
})

test('text is cut into pieces of one font, spaces staying with what is before', () => {
  const fontFor = (code: number) => (code < 0x250 ? 'latin' : code < 0x500 ? 'other' : null)
  expect(fontRuns('ab где 本', fontFor)).toEqual([
    { font: 'latin', text: 'ab ' },
    { font: 'other', text: 'где ' },
    { font: null, text: '本' },
  ])
})
