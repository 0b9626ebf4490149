// Jobs: durable work that outlives a window, in a queue a person can order, pause and stop.
import { z } from 'zod'
import { call } from './define.ts'
import type { Failure } from './failures.ts'

const count = z.number().int().nonnegative()

/** A failure as it is stored and shown; parsed loosely because an older version may have written it. */
export const storedFailure = z.custom<Failure>(
  (value) => typeof value === 'object' && value !== null && 'code' in value && 'details' in value,
)

/**
 * `interrupted` means the process ended while the job ran; it resumes from its last finished step. `paused` was asked for
 * by a person: it holds over a restart and ends only when a person resumes.
 */
export const jobState = z.enum(['queued', 'running', 'paused', 'interrupted', 'stopped', 'failed', 'done'])
export type JobState = z.infer<typeof jobState>

/** Which of the waiting jobs comes next; within one priority the older one. */
export const jobPriority = z.enum(['first', 'normal', 'last'])
export type JobPriority = z.infer<typeof jobPriority>

/**
 * What a `queued` or `running` job waits for: its turn, a chat that is being answered, a person's choice of model
 * (`modelChoice` says between which), or the jobs that are its parts.
 */
export const jobWait = z.enum(['turn', 'chat', 'model-choice', 'parts'])
export type JobWait = z.infer<typeof jobWait>

/**
 * A job as it stands: `doneSteps` of `totalSteps` are stored; `failure` is set when `failed`. `title` names the document
 * or folder, for people only. `parentId` is the batch it was made for. `place` counts from 1 among those that wait, null
 * otherwise. `remainingMs` is the work left of this job alone, null until it was measured on this computer.
 */
export const job = z.strictObject({
  id: z.string(),
  kind: z.enum(['summary', 'batch']),
  documentId: z.string().nullable(),
  parentId: z.string().nullable(),
  title: z.string(),
  state: jobState,
  priority: jobPriority,
  place: z.number().int().positive().nullable(),
  waitsFor: jobWait.nullable(),
  modelChoice: z.strictObject({ began: z.string(), chosen: z.string() }).nullable(),
  doneSteps: count,
  totalSteps: count,
  remainingMs: count.nullable(),
  failure: storedFailure.nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})
export type Job = z.infer<typeof job>

const jobId = z.strictObject({ jobId: z.string() })

/** Methods about jobs. What is done to a batch is done to its parts. */
export const jobContract = {
  /** Newest first. */
  'jobs.list': call(z.strictObject({}), z.array(job)),
  /** Stops a job and keeps its finished steps; answers once it has stopped. */
  'jobs.stop': call(jobId, job),
  /**
   * Pauses a job that waits, runs or was interrupted: the step in hand is given up, finished ones stay; answers once it rests. Any other
   * job is answered as it is.
   */
  'jobs.pause': call(jobId, job),
  /** Queues a paused, stopped, interrupted or failed job again; `job-not-resumable` when it is done. */
  'jobs.resume': call(jobId, job),
  /** Puts a job first, last or back among the others. `first` takes the place of a running job, which goes on after it. */
  'jobs.prioritise': call(z.strictObject({ jobId: z.string(), priority: jobPriority }), job),
  /**
   * Answers a job that waits for `model-choice`: finish with the model it began with, or start over with the one chosen
   * now. Steps of two models are never mixed. Any other job is answered as it is.
   */
  'jobs.choose-model': call(z.strictObject({ jobId: z.string(), model: z.enum(['began', 'chosen']) }), job),
  /** Takes an ended job off the list; what it made stays. Failure: `job-not-ended` when it waits or runs. */
  'jobs.remove': call(jobId, z.strictObject({})),
} as const

/** Events about jobs. */
export const jobEvents = { 'jobs.changed': job, 'jobs.removed': jobId } as const
