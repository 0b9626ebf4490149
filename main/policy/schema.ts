// The organisation's policy: one schema, from which every platform's templates are to be made.
import { z } from 'zod'
import { modelPrice } from '#contract/cloud.ts'
import { type SettingKey, settingSchemas } from '#contract/setting.ts'

type Inner<Key extends SettingKey> =
  (typeof settingSchemas)[Key] extends z.ZodDefault<infer Schema extends z.ZodType> ? Schema : never
type ManagedShape = {
  readonly [Key in SettingKey]: z.ZodOptional<
    z.ZodObject<{ value: Inner<Key>; reason: z.ZodOptional<z.ZodString> }, z.core.$strict>
  >
}
type RecommendedShape = { readonly [Key in SettingKey]: z.ZodOptional<Inner<Key>> }

const line = z.string().min(1).max(500)

const managedShape = shapeOf((schema) =>
  z.strictObject({ value: schema, reason: line.optional() }).optional(),
) as ManagedShape // as: mapping over the keys of settingSchemas forgets which schema belongs to which

const recommendedShape = shapeOf((schema) => schema.optional()) as RecommendedShape // as: the same mapping

/**
 * A policy file. `settings` locks a setting at a value, with a reason people will read; `recommended` only replaces the
 * default. An unknown key anywhere makes the whole policy invalid, so that a misspelt lock is never silently open.
 */
export const policySchema = z.strictObject({
  version: z.literal(1),
  /** Whom people ask about a lock: a name, and an address, number or page. */
  organisation: z.strictObject({ name: line, contact: line }).optional(),
  settings: z.strictObject(managedShape).default({}),
  recommended: z.strictObject(recommendedShape).default({}),
  /** `off`: no content ever leaves. `ask`: only under a person's consent. */
  cloudMode: z.enum(['off', 'ask']).default('ask'),
  /** What holds for the cloud where it is allowed at all. */
  cloud: z
    .strictObject({
      /** Kinds or ids of the only providers that may be asked; absent allows any. */
      providers: z.array(line).optional(),
      /** The lawful basis shown on the sheet and kept in every receipt. */
      lawfulBasis: line.optional(),
      /** How long a provider keeps requests under the organisation's own contract, by kind or id. */
      retention: z.record(line, line).default({}),
      /** Prices by `<provider>/<model>` in US dollars per million tokens, in place of the table's. */
      prices: z.record(line, z.array(modelPrice.omit({ by: true, unconfirmed: true }))).default({}),
    })
    .prefault({}),
  /** `off`: models come only from files. */
  modelDownload: z.enum(['on', 'off']).default('on'),
  /** Where models come from, and whose word counts. */
  models: z
    .strictObject({
      /** Ed25519 public key, its 32 bytes in base64: catalogues and packs must be signed by it. */
      signingKey: z
        .string()
        .regex(/^[A-Za-z0-9+/]{43}=$/)
        .optional(),
      /** The file of a catalogue that replaces the built-in one; its signature lies beside it as `<file>.sig`. */
      catalogue: z.string().min(1).max(4096).optional(),
      /** This computer's folder of models for everybody, in place of the platform's. */
      sharedFolder: z.string().min(1).max(4096).optional(),
    })
    .prefault({}),
  /** SHA-256, lower-case hex, of the only model files that may be used; absent allows any. */
  allowedModelSha256: z.array(z.string().regex(/^[0-9a-f]{64}$/)).optional(),
})

/** A parsed policy. */
export type Policy = z.output<typeof policySchema>

/** What holds where no policy exists. */
export const noPolicy: Policy = policySchema.parse({ version: 1 })

/** What holds where a policy exists but cannot be trusted or read: nothing goes out. */
export const failSafePolicy: Policy = policySchema.parse({
  version: 1,
  settings: { localOnly: { value: true, reason: 'policy-invalid' } },
  cloudMode: 'off',
  modelDownload: 'off',
})

function shapeOf(wrap: (schema: z.ZodType) => z.ZodType): Readonly<Record<string, z.ZodType>> {
  return Object.fromEntries(Object.entries(settingSchemas).map(([key, schema]) => [key, wrap(schema.unwrap())]))
}
