// A job as the contract shows it, for tests that need one and say only what matters to them.
import type { Job } from '#contract/job.ts'

/** A queued summary job with nothing done, changed as asked. */
export function sampleJob(changes: Partial<Job> = {}): Job {
  return {
    id: 'j1',
    kind: 'summary',
    documentId: null,
    parentId: null,
    title: 'report.pdf',
    state: 'queued',
    priority: 'normal',
    place: null,
    waitsFor: null,
    modelChoice: null,
    doneSteps: 0,
    totalSteps: 4,
    remainingMs: null,
    failure: null,
    createdAt: '2026-11-20T10:00:00.000Z',
    updatedAt: '2026-11-20T10:00:00.000Z',
    ...changes,
  }
}
