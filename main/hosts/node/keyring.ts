// The operating system's keystore through @napi-rs/keyring, asked once whether it is there, never waited for endlessly.
import type { Keyring, Logger } from '../../host.ts'

/** The name under which a person finds our entries in their keystore. */
export const keyringService = 'Sotto'

/** How long a keystore may take to say that it is there, and to do something (a person may have to unlock it), in milliseconds. */
export const keyringPatience = { probe: 5_000, use: 150_000 } as const

/** The part of the library's entry that is used. */
export type KeyringEntry = {
  getPassword(signal?: AbortSignal): Promise<string | null | undefined>
  setPassword(secret: string, signal?: AbortSignal): Promise<void>
  deletePassword(signal?: AbortSignal): Promise<boolean>
}

/** Opens an entry by account. */
export type OpenEntry = (account: string) => KeyringEntry

/**
 * The keystore, or undefined where none answers in time or `SOTTO_KEYSTORE=file` asks to do without. A session bus that
 * is not a socket on this computer counts as none: its address may name another machine, or a program to run.
 */
export async function findKeyring(
  environment: Readonly<Record<string, string | undefined>>,
  logger: Logger,
  open: () => Promise<OpenEntry> = openEntries,
  patience: { readonly probe: number; readonly use: number } = keyringPatience,
): Promise<Keyring | undefined> {
  if (environment['SOTTO_KEYSTORE'] === 'file') return undefined
  if (!isLocalBus(environment['DBUS_SESSION_BUS_ADDRESS'] ?? '')) {
    logger.warn('keyring.bus-refused')
    return undefined
  }
  try {
    const entry = await open()
    await withinTime(patience.probe, (signal) => entry('probe').getPassword(signal))
    return keyringOf(entry, patience.use)
  } catch {
    logger.info('keyring.absent')
    return undefined
  }
}

/** A bus address is a list of transports; `unix:` alone neither leaves this computer nor starts a program. */
function isLocalBus(address: string): boolean {
  return address.split(';').every((transport) => transport === '' || transport.startsWith('unix:'))
}

function keyringOf(entry: OpenEntry, milliseconds: number): Keyring {
  return {
    get: async (account) => (await withinTime(milliseconds, (signal) => entry(account).getPassword(signal))) ?? null,
    set: (account, secret) => withinTime(milliseconds, (signal) => entry(account).setPassword(secret, signal)),
    remove: async (account) => {
      await withinTime(milliseconds, (signal) => entry(account).deletePassword(signal))
    },
  }
}

async function openEntries(): Promise<OpenEntry> {
  const { AsyncEntry } = await import('@napi-rs/keyring')
  // Without the pin Linux would fall back to the kernel's keyring, which forgets everything at a restart.
  return (account) => new AsyncEntry(keyringService, account, { linux: { store: 'secret-service' } })
}

async function withinTime<T>(milliseconds: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const controller = new AbortController()
  const timer = setTimeout(() => {
    controller.abort()
    late.reject(new Error('the keystore did not answer in time'))
  }, milliseconds)
  try {
    return await Promise.race([work(controller.signal), late.promise])
  } finally {
    clearTimeout(timer)
  }
}
