// Settings: each value with its source, and a lock with a reason where the organisation decides.
import { z } from 'zod'
import { call } from './define.ts'

/** Every setting with its schema and its default. */
export const settingSchemas = {
  theme: z.enum(['system', 'light', 'dark', 'high-contrast']).default('system'),
  language: z.enum(['system', 'en', 'de']).default('system'),
  /** Empty: the best installed model. */
  modelId: z.string().max(200).default(''),
  /** 0: chosen by measurement, never the library's default. */
  threads: z.number().int().min(0).max(256).default(0),
  /** `off`: the processor only; a backend: that one or the processor. */
  gpu: z.enum(['auto', 'off', 'cuda', 'vulkan', 'metal']).default('auto'),
  /** Tokens of context a person asked for; 0: the usual size. Never more than the model and the memory allow. */
  contextTokens: z.number().int().min(0).max(1_048_576).default(0),
  /** Half the threads while the computer runs on its battery. */
  saveBattery: z.boolean().default(true),
  /** Closes the only way out of this computer. */
  localOnly: z.boolean().default(false),
  /** Where models are downloaded from; empty: the public address. */
  modelMirror: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]).default(''),
  /** The chosen cloud model as `<provider>/<model>`; empty: none, and nothing can be prepared. */
  cloudModel: z.string().max(300).default(''),
  /** A second one to ask when the first is overloaded or out of reach; each consent then names both. Empty: none. */
  cloudFallback: z.string().max(300).default(''),
  /** US dollars per calendar month (UTC) at which sending stops; 0: no budget. */
  cloudBudgetUsd: z.number().min(0).max(100_000).default(0),
  /** Days a draft stays readable; the ledger and the receipts stay. */
  cloudDraftDays: z.number().int().min(0).max(3650).default(30),
  /** Whether the first-run page has been seen. */
  welcomed: z.boolean().default(false),
} as const

/** The name of a setting. */
export type SettingKey = keyof typeof settingSchemas
/** The value each setting holds. */
export type SettingValues = { readonly [Key in SettingKey]: z.infer<(typeof settingSchemas)[Key]> }

/** A value and who decided it. `reason` and `contact` are set when `locked`. */
export type Setting<T> = {
  readonly value: T
  readonly source: 'default' | 'person' | 'recommended' | 'policy' | 'environment'
  readonly locked: boolean
  readonly reason: string | null
  readonly contact: string | null
}

/** All settings at once. */
export type Settings = { readonly [Key in SettingKey]: Setting<SettingValues[Key]> }

const settingKey = z.enum(Object.keys(settingSchemas) as [SettingKey, ...SettingKey[]]) // as: Object.keys forgets literal keys

/** A setting on the wire. */
export const settingEntry = z.strictObject({
  key: settingKey,
  value: z.union([z.string(), z.number(), z.boolean()]),
  source: z.enum(['default', 'person', 'recommended', 'policy', 'environment']),
  locked: z.boolean(),
  reason: z.string().nullable(),
  contact: z.string().nullable(),
})
export type SettingEntry = z.infer<typeof settingEntry>

/** Whether a policy is in force, and if it was refused, why cloud and downloads are off. */
export const policyState = z.strictObject({
  state: z.enum(['none', 'active', 'invalid']),
  source: z.string().nullable(),
  sha256: z.string().nullable(),
  issues: z.array(z.string()),
  /** What a policy in force decides besides locked settings: keys as in the file, values as text. */
  rules: z.array(z.strictObject({ key: z.string(), value: z.string() })).optional(),
})
export type PolicyState = z.infer<typeof policyState>

/** Methods about settings and the policy. */
export const settingContract = {
  'settings.list': call(z.strictObject({}), z.array(settingEntry)),
  'settings.set': call(
    z.strictObject({ key: settingKey, value: z.union([z.string(), z.number(), z.boolean()]) }),
    settingEntry,
  ),
  'settings.policy': call(z.strictObject({}), policyState),
} as const

/** Events about settings. */
export const settingEvents = { 'settings.changed': settingEntry } as const
