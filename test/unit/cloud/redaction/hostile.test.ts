// A megabyte of anything takes time in proportion: eight times the text, far less than sixty-four times the time.
import { describe, expect, test } from 'vitest'
import { findAndRedact, findRedactions } from '../../../../main/cloud/redaction/redaction.ts'
import { createRestorer, restoreText } from '../../../../main/cloud/redaction/logic/restore.ts'
import { emptyVault } from '../../../../main/cloud/redaction/logic/vault.ts'

const units = [
  'a', 'A', '1', '1.', '1:', 'a@', 'a.', '-', ' ', '\n', 'Aa ', 'Anna ', '[', '[PERSON_', 'sk-', 'eyJa.', 'password: ', "a'",
  '+49 ', 'DE89 ', '1 ', '1-', 'Herr ', '& Co. ', 'e.V. ', 'Aa und ', 'ab:', 'a_', '://a:', '-----BEGIN PRIVATE KEY-----', 'von ', 'A. ', '(', 'a@b.de ', '123-45-6789 ', '12 ', '[TEXT_1] ', '\uE000', '\uD800',
] // prettier-ignore
const whole = process.env['SOTTO_DEEP'] === '1' ? 1_000_000 : 400_000

describe('time grows with the text', () => {
  test.each(units)('%j', { timeout: 60_000 }, (unit) => {
    const [small, large] = [timed(unit, whole / 8), timed(unit, whole)]
    // Below this both are noise; a quadratic rule would be seconds above it.
    expect(large < 1500 || large / small < 32, `${small.toFixed(0)} ms, then ${large.toFixed(0)} ms`).toBe(true)
  })
})

test('fifty thousand different things get fifty thousand names, and come back', { timeout: 60_000 }, () => {
  const text = Array.from({ length: 50_000 }, (_, index) => `Call info@host${index}.example or Anna Q${letters(index)}.`).join('\n') // prettier-ignore
  const { text: sent, vault } = findAndRedact(text, { vault: emptyVault })
  expect(vault.entries.filter((entry) => entry.class === 'email')).toHaveLength(50_000)
  expect(vault.entries.filter((entry) => entry.class === 'person')).toHaveLength(50_000)
  expect(restoreText(sent, vault) === text).toBe(true)
})

test('a stream of openings is never held for long', () => {
  const restorer = createRestorer(emptyVault)
  const out = Array.from({ length: 200_000 }, () => restorer.push('[')).join('') + restorer.end()
  expect(out).toBe('['.repeat(200_000))
})

/** A made-up surname for a number, of small letters. */
function letters(index: number): string {
  return [...String(index)].map((digit) => 'uvwxyzklmn'.charAt(Number(digit))).join('')
}

function timed(unit: string, length: number): number {
  const text = unit.repeat(Math.ceil(length / unit.length))
  const started = performance.now()
  findRedactions(text)
  return performance.now() - started
}
