// How claims stand on the page and on the clipboard, and what their chips are called.
import { expect, test } from 'vitest'
import type { Claim } from '../../../../../preload/contract/summary.ts'
import { layoutClaims, summaryAsText } from '../../../../../renderer/features/documents/claims/claimLayout.ts'
import { chipsOf } from '../../../../../renderer/ui/locatorChips.ts'

function claims(...texts: string[]): Claim[] {
  return texts.map((text) => ({ text, locators: [], supported: true, score: 1 }))
}

test('paragraphs and bullets follow the text; every claim stands once', () => {
  const made = {
    text: 'One. Two.\n\nThree.\n- Four. Five.\n- Six.',
    claims: claims('One.', 'Two.', 'Three.', 'Four.', 'Five.', 'Six.'),
  }
  expect(layoutClaims(made)).toEqual([
    { kind: 'paragraph', claims: [0, 1] },
    { kind: 'paragraph', claims: [2] },
    { kind: 'list', items: [[3, 4], [5]] },
  ])
})

test('a claim whose words are not in the text stays with the one before', () => {
  expect(layoutClaims({ text: '- One.\n- Two.', claims: claims('One.', 'Lost.', 'Two.') })).toEqual([
    { kind: 'list', items: [[0, 1], [2]] },
  ])
  expect(layoutClaims({ text: '', claims: claims('Lost.') })).toEqual([{ kind: 'paragraph', claims: [0] }])
})

test('to paste: sentences with their places, bullets kept', () => {
  const made = { text: 'One. Two.\n- Three.', claims: claims('One.', 'Two.', 'Three.') }
  expect(summaryAsText(made, (at) => (at === 1 ? '' : `(p. ${at + 1})`))).toBe('One. (p. 1) Two.\n\n- Three. (p. 3)')
})

test('chips say page, printed label or lines, and places of the same name share one', () => {
  const [first, second] = [
    { kind: 'page', page: 3, start: 0, end: 5 },
    { kind: 'page', page: 3, start: 9, end: 12 },
  ] as const
  const labelled = { kind: 'page', page: 4, label: 'iv', start: 0, end: 1 } as const
  const chips = chipsOf([first, labelled, second, { kind: 'lines', from: 4, to: 4 }, { kind: 'lines', from: 4, to: 9 }])
  expect(chips).toEqual([
    { key: 'page', values: { page: 3 }, locators: [first, second] },
    { key: 'page', values: { page: 'iv' }, locators: [labelled] },
    { key: 'line', values: { line: 4 }, locators: [{ kind: 'lines', from: 4, to: 4 }] },
    { key: 'lines', values: { from: 4, to: 9 }, locators: [{ kind: 'lines', from: 4, to: 9 }] },
  ])
})
