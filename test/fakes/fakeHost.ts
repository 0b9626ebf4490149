// A host for tests: nothing kept, no keystore, no children unless given.
import path from 'node:path'
import type { Host } from '../../main/host.ts'
import { createFakeLogger, type FakeLogger } from './fakeLogger.ts'

/** Makes a host; any part can be replaced. The clock stands at noon of 20 November 2026. */
export function createFakeHost(given: Partial<Host> = {}): Host & { readonly logger: FakeLogger } {
  const values = new Map<string, unknown>()
  return {
    kind: 'cli',
    appVersion: '0.0.0-test',
    paths: { data: null, resources: path.resolve(import.meta.dirname, '../../resources'), policy: null },
    environment: {},
    settings: {
      read: () => Object.fromEntries(values),
      write: (key, value) => void values.set(key, value),
    },
    keyring: undefined,
    now: () => new Date('2026-11-20T12:00:00.000Z'),
    spawn: () => {
      throw new Error('this host starts no children')
    },
    ...given,
    logger: createFakeLogger(),
  }
}
