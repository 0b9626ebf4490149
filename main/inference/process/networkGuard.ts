// Closes every JavaScript way to the network in this process before the engine is imported.
import { createRequire } from 'node:module'

type Guarded = Record<string, unknown>

/** The error every blocked call throws. */
export class NetworkBlocked extends Error {
  readonly code = 'ERR_NETWORK_BLOCKED'
}

/**
 * Replaces connecting, listening, name look-ups and datagrams by a throw; fetch, http, https, http2 and WebSocket all
 * stand on these. Worker threads would not inherit this, so starting them is closed too. Native code is not covered:
 * the tests show with strace that it never tries. Cannot be undone.
 */
export function installNetworkGuard(): void {
  const load = createRequire(import.meta.url)
  const sockets = load('node:net') as { Socket: { prototype: Guarded }; Server: { prototype: Guarded } } // as: require is untyped
  block(sockets.Socket.prototype, ['connect'])
  block(sockets.Server.prototype, ['listen'])
  type Resolver = { prototype: Guarded }
  const names = load('node:dns') as Guarded & { promises: Guarded & { Resolver: Resolver }; Resolver: Resolver } // as: require is untyped
  block(names, functionsOf(names))
  block(names.promises, functionsOf(names.promises))
  for (const { prototype } of [names.Resolver, names.promises.Resolver]) block(prototype, functionsOf(prototype))
  const datagrams = load('node:dgram') as { Socket: { prototype: Guarded } } // as: require is untyped
  block(datagrams.Socket.prototype, ['send', 'connect', 'bind'])
  block(load('node:worker_threads') as Guarded, ['Worker']) // as: require is untyped
}

function functionsOf(target: Guarded): readonly string[] {
  return Object.getOwnPropertyNames(target).filter((name) => /^(lookup|resolve|reverse)/.test(name))
}

function block(target: Guarded, names: readonly string[]): void {
  for (const name of names) {
    Object.defineProperty(target, name, {
      value: function blocked(): never {
        throw new NetworkBlocked('this process has no network')
      },
      writable: false,
      configurable: false,
    })
  }
}
