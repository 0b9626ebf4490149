// What a run says it is doing, in both languages, from the shipped sentences.
import type { Coverage } from '#contract/document.ts'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { runShare, runWords } from '../../../../../renderer/features/documents/summary/runWords.ts'
import { noRun } from '../../../../../renderer/state/documents/runFollower.ts'
import type { RunProgress, SummaryRun } from '../../../../../renderer/state/documents/summaries.ts'
import { createTranslate, type Language } from '../../../../../renderer/ui/text.ts'

const folder = path.resolve(import.meta.dirname, '..', '..', '..', '..', '..', 'resources', 'locales', 'window')
const pages: Coverage = { unit: 'page', total: 1214, read: 1214, withoutText: [] }

function words(language: Language): object {
  return { documents: JSON.parse(readFileSync(path.join(folder, `documents.${language}.json`), 'utf8')) as object } // as: a locale file is an object
}

function say(run: SummaryRun, language: Language = 'en'): string {
  return runWords(run, pages, createTranslate(language, { en: words('en'), de: words('de') }), language)
}

function at(changes: Partial<RunProgress>): SummaryRun {
  const progress: RunProgress = {
    type: 'progress',
    stage: 'reading',
    doneSteps: 3,
    totalSteps: 12,
    units: { from: 31, to: 44 },
    remainingMs: 120_000,
    ...changes,
  }
  return { ...noRun, progress }
}

describe('words', () => {
  test('pages, one page, and the time left', () => {
    expect(say(at({}))).toBe('Reading pages 31–44 of 1,214 · about 2 minutes left')
    expect(say(at({}), 'de')).toBe('Liest Seiten 31–44 von 1.214 · noch etwa 2 Minuten')
    expect(say(at({ units: { from: 7, to: 7 }, remainingMs: null }))).toBe('Reading page 7 of 1,214')
  })

  test('before and after reading, and while stopping', () => {
    expect(say(noRun)).toBe('Starting')
    expect(say(at({ stage: 'loading-model' }))).toBe('Starting the model')
    expect(say(at({ stage: 'queued' }))).toBe('Waiting for another summary to finish')
    expect(say(at({ stage: 'combining', units: null }))).toBe('Putting the parts together · about 2 minutes left')
    expect(say({ ...at({}), phase: 'stopping' })).toBe('Stopping')
  })
})

test('the bar is a real share, and open while nobody can say', () => {
  expect([
    runShare(at({})),
    runShare(noRun),
    runShare(at({ stage: 'loading-model' })),
    runShare(at({ totalSteps: 0 })),
  ]).toEqual([0.25, null, null, null])
})
