// The room's words: the same keys and the same placeholders in both languages.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const folder = path.resolve(import.meta.dirname, '..', '..', '..', '..', 'resources', 'locales', 'window')

/** Every sentence by its key path. */
function sentences(value: unknown, at = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[at, value]]
  return Object.entries(value as object).flatMap(([key, inner]) => sentences(inner, `${at}.${key}`)) // as: locale files hold objects and strings
}

function read(language: string): readonly (readonly [string, string])[] {
  return sentences(JSON.parse(readFileSync(path.join(folder, `documents.${language}.json`), 'utf8')))
}

function placeholders(text: string): readonly string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').toSorted()
}

test('German has what English has', () => {
  const shape = (language: string) => read(language).map(([key, text]) => [key, placeholders(text)])
  expect(shape('de')).toEqual(shape('en'))
})
