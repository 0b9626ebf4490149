// Times and dates in the person's own regional form of the window's language.
import { expect, test } from 'vitest'
import { regionalForm } from '../../../../renderer/ui/format.ts'

test.each([
  ['en', ['de-DE', 'en-GB', 'en-US'], 'en-GB'],
  ['de', ['en-US', 'de-CH'], 'de-CH'],
  ['de', ['en-US'], 'de'],
  ['en', [], 'en'],
] as const)('%s among %j is written as %s', (language, preferred, form) => {
  expect(regionalForm(language, preferred)).toBe(form)
})
