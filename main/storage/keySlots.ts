// `keys.json`: the places a data folder's key is kept in, and the check that recognises the right key.
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { fail, ok, type Result } from '#contract/result.ts'

const version = 1
const checkLabel = 'sotto data key check 1'

const keyringSlot = z.object({ kind: z.literal('keyring'), account: z.string().min(1), check: z.string() })
const fileSlot = z.object({ kind: z.literal('file'), key: z.string(), check: z.string() })
const knownSlot = z.discriminatedUnion('kind', [keyringSlot, fileSlot])

/**
 * One place. `keyring`: the OS keystore, by account. `file`: the key itself in base64 (no keystore here). `check` is the
 * HMAC-SHA256, base64, of a fixed label under the key: it tells the right key from a wrong one and nothing else.
 */
export type KeySlot = Readonly<z.infer<typeof knownSlot>>

const versioned = z.looseObject({ version: z.number().int().positive() })
const slotFile = z.object({ slots: z.array(z.looseObject({ kind: z.string() })).min(1) })

/**
 * Parses `keys.json`. Slots of a kind this build does not know are passed over; when none is left, or the version is a
 * later one, `data-newer`; anything else amiss is `data-corrupt`.
 */
export function parseKeySlots(text: string, folder: string): Result<readonly KeySlot[]> {
  const json = parseJson(text)
  const head = versioned.safeParse(json)
  if (!head.success) return fail('data-corrupt', { folder })
  if (head.data.version > version) return newer(`keys.json ${head.data.version}`)
  const file = slotFile.safeParse(json)
  if (!file.success) return fail('data-corrupt', { folder })
  const known: KeySlot[] = []
  for (const slot of file.data.slots) {
    const parsed = knownSlot.safeParse(slot)
    if (parsed.success) known.push(parsed.data)
    else if (slot.kind === 'keyring' || slot.kind === 'file') return fail('data-corrupt', { folder })
  }
  return known.length > 0 ? ok(known) : newer(`keys.json slot ${file.data.slots[0]?.kind ?? ''}`)
}

/** The text of `keys.json` for these slots. */
export function writeKeySlots(slots: readonly KeySlot[]): string {
  return `${JSON.stringify({ version, slots }, null, 2)}\n`
}

/** The `check` of a key, base64. */
export function checkOf(key: Uint8Array): string {
  return createHmac('sha256', key).update(checkLabel).digest('base64')
}

/** Whether `key` (32 bytes) is the one `check` was made with. */
export function fitsCheck(key: Uint8Array, check: string): boolean {
  const expected = Buffer.from(check, 'base64')
  const actual = Buffer.from(checkOf(key), 'base64')
  return key.length === 32 && expected.length === actual.length && timingSafeEqual(expected, actual)
}

/** A 32-byte key for one purpose, by HKDF-SHA256 from the data key; the purposes' keys tell nothing of each other. */
export function subkey(key: Uint8Array, purpose: 'database' | 'ledger'): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, new Uint8Array(0), `sotto ${purpose} key 1`, 32))
}

function newer(found: string): Result<never> {
  return fail('data-newer', { found, supported: `keys.json ${version}` })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
