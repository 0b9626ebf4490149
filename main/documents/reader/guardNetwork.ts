// Takes the network, other processes and threads away from this process before any parser is loaded.
import { syncBuiltinESMExports } from 'node:module'

const NETWORK_MODULES = ['node:dns', 'node:dns/promises', 'node:http', 'node:https', 'node:http2', 'node:tls'] as const
const PROCESS_FUNCTIONS = ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']

/**
 * Replaces everything in Node that opens a connection, resolves a name, sends a datagram, or starts a process or a
 * thread by a function that throws. Guards against what a parser is talked into, not against machine code in it.
 * Builtin modules are fetched rather than imported: this folder may not import the network, not even to close it.
 */
export function guardNetwork(): void {
  const net = process.getBuiltinModule('node:net')
  const dgram = process.getBuiltinModule('node:dgram')
  replace(net.Socket.prototype, ['connect'])
  replace(net.Server.prototype, ['listen'])
  replace(dgram.Socket.prototype, ['send', 'connect', 'bind'])
  for (const id of NETWORK_MODULES) {
    const builtin = process.getBuiltinModule(id)
    replace(
      builtin,
      functionNames(builtin).filter((name) => /^(?:lookup|resolve|reverse|request|get$|connect)/.test(name)),
    )
  }
  const dns = process.getBuiltinModule('node:dns')
  replace(dns.Resolver.prototype, functionNames(dns.Resolver.prototype))
  replace(dns.promises.Resolver.prototype, functionNames(dns.promises.Resolver.prototype))
  replace(process.getBuiltinModule('node:child_process'), PROCESS_FUNCTIONS)
  replace(process.getBuiltinModule('node:worker_threads'), ['Worker'])
  replace(globalThis, ['fetch', 'WebSocket', 'EventSource'])
  syncBuiltinESMExports()
}

function refuse(): never {
  throw new Error('the document reader has no network, processes or threads')
}

function replace(target: object, names: readonly string[]): void {
  for (const name of names) Object.defineProperty(target, name, { value: refuse, configurable: false, writable: false })
}

function functionNames(target: object): string[] {
  return Object.getOwnPropertyNames(target).filter((name) => {
    return name !== 'constructor' && typeof Object.getOwnPropertyDescriptor(target, name)?.value === 'function'
  })
}
