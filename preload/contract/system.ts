// The app itself: what runs, where its data lies, and whether all is well.
import { z } from 'zod'
import { call } from './define.ts'
import { storedFailure } from './job.ts'

/** Who keeps the data key: the OS keystore, a file (no keystore here), or nobody (nothing is kept). */
export const keyPlace = z.enum(['keyring', 'file', 'none'])
export type KeyPlace = z.infer<typeof keyPlace>

/** What runs here and where its data lies. */
export const systemInfo = z.strictObject({
  appVersion: z.string(),
  host: z.enum(['electron', 'browser', 'cli']),
  /** Null when nothing is kept. */
  dataFolder: z.string().nullable(),
  keyPlace,
  platform: z.string(),
  language: z.string(),
})
export type SystemInfo = z.infer<typeof systemInfo>

/** One line of the doctor's report. Sentences live under `doctor.<id>.<state>`; `details` fill them. */
export const doctorCheck = z.strictObject({
  id: z.enum(['data', 'key', 'model', 'engine', 'gpu', 'reader', 'policy', 'egress', 'ledger']),
  state: z.enum(['ok', 'note', 'problem']),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
  failure: storedFailure.nullable(),
})
export type DoctorCheck = z.infer<typeof doctorCheck>

/** Methods about the app itself. */
export const systemContract = {
  'system.info': call(z.strictObject({}), systemInfo),
  'system.doctor': call(z.strictObject({}), z.array(doctorCheck)),
} as const

/** Events about the app itself. */
export const systemEvents = {
  /** Files a person opened with Sotto from outside its window; the window brings them in. */
  'system.opened': z.strictObject({ files: z.array(z.strictObject({ name: z.string(), path: z.string() })) }),
} as const
