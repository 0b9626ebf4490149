// Set-up: what counts as installed.
import { describe, expect, test } from 'vitest'
import { lackingPackages, matchesLock } from '../../../scripts/setup.mjs'

const lock = {
  packages: {
    '': { name: 'sotto' },
    'node_modules/zod': { version: '4.6.7', integrity: 'sha512-a' },
    'node_modules/only-elsewhere': { version: '1.0.0', integrity: 'sha512-b', optional: true },
  },
}

describe('matchesLock', () => {
  test('holds when every package for this platform is there', () => {
    expect(matchesLock(lock, { packages: { 'node_modules/zod': { version: '4.6.7', integrity: 'sha512-a' } } })).toBe(
      true,
    )
  })

  test.each([
    ['nothing is installed', undefined],
    ['a package is missing', { packages: {} }],
    ['a version differs', { packages: { 'node_modules/zod': { version: '4.6.6', integrity: 'sha512-a' } } }],
    ['the bytes differ', { packages: { 'node_modules/zod': { version: '4.6.7', integrity: 'sha512-c' } } }],
  ])('does not hold when %s', (_case, record) => {
    // An explicit undefined would read the real record, so null stands for "no such file".
    expect(matchesLock(lock, record ?? null)).toBe(false)
  })
})

test('a package whose folder is gone is lacking, whatever the record says', () => {
  const named = { zod: '4.6.7', '@scope/other': '1.0.0' }
  expect(lackingPackages(named, (name) => name === 'zod')).toEqual(['@scope/other'])
  expect(lackingPackages({ zod: '4.6.7', 'no-such-package-here': '1.0.0' })).toEqual(['no-such-package-here'])
})
