// Jobs: durable work that outlives a window.
import { z } from 'zod'
import { call } from './define.ts'
import type { Failure } from './failures.ts'

const count = z.number().int().nonnegative()

/** A failure as it is stored and shown; parsed loosely because an older version may have written it. */
export const storedFailure = z.custom<Failure>(
  (value) => typeof value === 'object' && value !== null && 'code' in value && 'details' in value,
)

/** `interrupted` means the process ended while the job ran; it resumes from its last finished step. */
export const jobState = z.enum(['queued', 'running', 'interrupted', 'stopped', 'failed', 'done'])
export type JobState = z.infer<typeof jobState>

/** A job as it stands: `doneSteps` of `totalSteps` are stored; `failure` is set when `failed`. */
export const job = z.strictObject({
  id: z.string(),
  kind: z.enum(['summary']),
  documentId: z.string().nullable(),
  state: jobState,
  doneSteps: count,
  totalSteps: count,
  failure: storedFailure.nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})
export type Job = z.infer<typeof job>

/** Methods about jobs. */
export const jobContract = {
  /** Newest first. */
  'jobs.list': call(z.strictObject({}), z.array(job)),
  /** Stops a job and keeps its finished steps; answers once it has stopped. */
  'jobs.stop': call(z.strictObject({ jobId: z.string() }), job),
  /** Queues a stopped, interrupted or failed job again. */
  'jobs.resume': call(z.strictObject({ jobId: z.string() }), job),
} as const

/** Events about jobs. */
export const jobEvents = { 'jobs.changed': job } as const
