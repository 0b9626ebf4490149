// Records and handlers the tests of the CLI share.
import type { DocumentRecord, Locator } from '#contract/document.ts'
import type { ModelRecord } from '#contract/model.ts'
import { fail, ok } from '#contract/result.ts'
import type { Summary } from '#contract/summary.ts'
import type { Handlers } from '../../../../main/rpc/handler.ts'

/** A place on a page. */
export function page(number: number): Locator & { readonly kind: 'page' } {
  return { kind: 'page', page: number, start: 0, end: 9 }
}

/** The time everything happened at. */
export const at = '2026-11-20T12:00:00.000Z'
const coverage = { unit: 'page', total: 6, read: 6, withoutText: [4, 5] } as const
/** A document of six pages, two of them without text. */
export const document: DocumentRecord = {
  id: 'd1',
  name: 'report.pdf',
  path: '/somewhere/report.pdf',
  sha256: 'abc',
  format: 'pdf',
  bytes: 1000,
  characters: 900,
  segments: 2,
  title: 'The Barrier',
  coverage: { ...coverage, withoutText: [...coverage.withoutText] },
  addedAt: at,
  openedAt: at,
}
/** A summary with one sentence from the document and one that is not. */
export const summary: Summary = {
  id: 's1',
  jobId: 'j1',
  documentId: 'd1',
  preset: 'brief',
  instruction: null,
  text: 'The gate is hung. It leaks.',
  rawText: 'The gate is hung. It leaks. It is blue.',
  claims: [
    { text: 'The gate is hung.', locators: [page(1), page(1), page(3)], supported: true, score: 1 },
    { text: 'It \u001b[31mleaks\u202e.', locators: [], supported: false, score: 0.2 },
  ],
  coverage: document.coverage,
  droppedSentences: 1,
  steps: { computed: 3, reused: 0 },
  provenance: {
    documentSha256: 'abc',
    model: { name: 'Starter', sha256: 'ff' },
    prompt: { id: 'summary-extractive', version: '1' },
    mode: 'extractive',
    seed: 0,
    createdAt: at,
  },
}
/** A starter model. */
export const starter: ModelRecord = {
  id: 'm1',
  name: 'Starter',
  path: '/models/starter.gguf',
  bytes: 14_800_000,
  sha256: 'ff',
  architecture: 'llama',
  parameters: null,
  contextTokens: 2048,
  summaryMode: 'extractive',
  chatWrapper: 'catalogue',
  starter: true,
  licence: 'Apache-2.0',
  catalogueId: 'sotto-starter',
  ours: false,
  shared: false,
}

/** Handlers that add `document` and no other file. */
export const adding: Partial<Handlers> = {
  'documents.add': async function* (origin) {
    if (!('path' in origin) || origin.path !== document.path) return fail('file-missing', { name: 'x.pdf' })
    yield { type: 'opened', name: document.name, sha256: 'abc', format: 'pdf', bytes: 1000 }
    yield { type: 'progress', unit: 'page', read: 3, total: 6 }
    yield { type: 'added', document }
    yield { type: 'finished', reason: 'complete', coverage: document.coverage }
    return ok(undefined)
  },
}
/** Handlers that summarize `document`, continuing one step. */
export const summarizing: Partial<Handlers> = {
  ...adding,
  'summaries.start': async () => ok({ jobId: 'j1' }),
  'summaries.follow': async function* () {
    yield { type: 'gist', sentences: [{ text: 'The barrier stands.', locators: [page(2)], score: 1 }] }
    yield { type: 'planned', chunks: 2, steps: 3, reused: 1 }
    yield {
      type: 'progress',
      stage: 'reading',
      doneSteps: 1,
      totalSteps: 3,
      units: { from: 3, to: 4 },
      remainingMs: 130_000,
    }
    yield { type: 'summary', summary }
    yield { type: 'finished', reason: 'complete' }
    return ok(undefined)
  },
}
