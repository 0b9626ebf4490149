// Finds the data key in its slots, or makes the first one; never a new key over data that is there.
import { randomBytes, randomUUID } from 'node:crypto'
import { fail, ok, type Result } from '#contract/result.ts'
import type { Keyring } from '../host.ts'
import { checkOf, fitsCheck, type KeySlot } from './keySlots.ts'

// Decisions
// - An entry that is gone, a keystore out of reach and a key that does not fit are three failures with three next
//   steps; none of them removes or replaces anything.
// - Each data folder has an account of its own in the keystore, so that two folders never share or overwrite a key.
// - A keystore may wait for a person to unlock it; past `keystoreWaitMs` it counts as out of reach.

/** The key (32 bytes) and the kind of slot it came from. */
export type DataKey = { readonly key: Uint8Array; readonly place: 'keyring' | 'file' }

/** How long a keystore may take to answer, in milliseconds: a person may have to type a password first. */
export const keystoreWaitMs = 120_000

/**
 * Opens the slots in order and answers the first key that fits. Otherwise the first slot's failure: `key-missing`,
 * `key-wrong` or `keystore-unavailable`.
 */
export async function findDataKey(
  slots: readonly KeySlot[],
  keyring: Keyring | undefined,
  folder: string,
  waitMs: number = keystoreWaitMs,
): Promise<Result<DataKey>> {
  let failed: Result<DataKey> | null = null
  for (const slot of slots) {
    const secret = slot.kind === 'file' ? ok(slot.key) : await recall(keyring, slot.account, folder, waitMs)
    const opened = secret.ok ? openSlot(slot, secret.value, folder) : secret
    if (opened.ok) return opened
    failed ??= opened
  }
  return failed ?? fail('key-missing', { folder })
}

/** Makes a random key and the slot that keeps it: the keystore where one gives back what it was given, else the file. */
export async function makeDataKey(
  keyring: Keyring | undefined,
  waitMs: number = keystoreWaitMs,
): Promise<DataKey & { readonly slot: KeySlot }> {
  const key = new Uint8Array(32)
  key.set(randomBytes(32)) // own memory: small buffers share a pool
  const account = `data-key-${randomUUID()}`
  if (keyring !== undefined && (await remembers(keyring, account, encode(key), waitMs))) {
    return { key, place: 'keyring', slot: { kind: 'keyring', account, check: checkOf(key) } }
  }
  return { key, place: 'file', slot: { kind: 'file', key: encode(key), check: checkOf(key) } }
}

function openSlot(slot: KeySlot, secret: string, folder: string): Result<DataKey> {
  const key = new Uint8Array(Buffer.from(secret, 'base64'))
  return fitsCheck(key, slot.check) ? ok({ key, place: slot.kind }) : fail('key-wrong', { folder })
}

async function recall(
  keyring: Keyring | undefined,
  account: string,
  folder: string,
  waitMs: number,
): Promise<Result<string>> {
  if (keyring === undefined) return fail('keystore-unavailable', { reason: 'none' })
  const answer = await within(waitMs, keyring.get(account))
  if (!answer.ok) return fail('keystore-unavailable', { reason: answer.reason })
  return answer.value === null ? fail('key-missing', { folder }) : ok(answer.value)
}

async function remembers(keyring: Keyring, account: string, secret: string, waitMs: number): Promise<boolean> {
  const stored = await within(waitMs, keyring.set(account, secret))
  const answer = stored.ok ? await within(waitMs, keyring.get(account)) : stored
  if (answer.ok && answer.value === secret) return true
  // A half-working keystore keeps no stray entry of ours, if it can be helped; the account is new, so nothing else goes.
  await within(waitMs, keyring.remove(account))
  return false
}

type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: 'unreachable' | 'timeout' }

async function within<T>(waitMs: number, asked: Promise<T>): Promise<Answer<T>> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Answer<T>>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, reason: 'timeout' }), waitMs)
  })
  const answer = asked.then(
    (value): Answer<T> => ({ ok: true, value }),
    (): Answer<T> => ({ ok: false, reason: 'unreachable' }),
  )
  const first = await Promise.race([answer, late])
  clearTimeout(timer)
  return first
}

function encode(key: Uint8Array): string {
  return Buffer.from(key).toString('base64')
}
