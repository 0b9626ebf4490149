// Documents and summaries for tests of the documents room.
import type { DocumentRecord } from '../../../../preload/contract/document.ts'
import type { Job } from '../../../../preload/contract/job.ts'
import type { Summary } from '../../../../preload/contract/summary.ts'
import { sampleJob } from '../../../fakes/sampleJob.ts'

/** A six-page PDF. */
export function documentRecord(id: string, changes: Partial<DocumentRecord> = {}): DocumentRecord {
  return {
    id,
    name: `${id}.pdf`,
    path: '',
    sha256: 'ab'.repeat(32),
    format: 'pdf',
    bytes: 100,
    characters: 1000,
    segments: 10,
    title: null,
    coverage: { unit: 'page', total: 6, read: 6, withoutText: [] },
    addedAt: '2026-11-20T10:00:00.000Z',
    openedAt: '2026-11-20T10:00:00.000Z',
    ...changes,
  }
}

/** A brief summary of one claim. */
export function summaryOf(documentId: string, changes: Partial<Summary> = {}): Summary {
  return {
    id: `summary-${documentId}`,
    jobId: 'j1',
    documentId,
    preset: 'brief',
    instruction: null,
    text: 'It rained.',
    rawText: 'It rained.',
    claims: [{ text: 'It rained.', locators: [], supported: true, score: 1 }],
    coverage: { unit: 'page', total: 6, read: 6, withoutText: [] },
    droppedSentences: 0,
    steps: { computed: 1, reused: 0 },
    provenance: {
      documentSha256: null,
      model: { name: 'M', sha256: 'cd'.repeat(32) },
      prompt: { id: 'p', version: '1' },
      mode: 'extractive',
      seed: 0,
      createdAt: '2026-11-20T10:00:00.000Z',
    },
    ...changes,
  }
}

/** A summary job. */
export function jobOf(documentId: string, state: Job['state'], changes: Partial<Job> = {}): Job {
  return sampleJob({ documentId, state, ...changes })
}
