// The guard in a process of its own: every JavaScript way out throws, our kind or the caller's wrapping of it.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const guard = fileURLToPath(new URL('../../../main/inference/process/networkGuard.ts', import.meta.url))
const script = `
import { installNetworkGuard } from ${JSON.stringify(guard)}
installNetworkGuard()
const ways = {
  fetch: () => fetch('http://127.0.0.1:18080/'),
  http: async () => { const { get } = await import('node:http'); await new Promise((done, failed) => get('http://127.0.0.1:18080', done).on('error', failed)) },
  socket: async () => (await import('node:net')).connect(18080, '127.0.0.1'),
  listen: async () => (await import('node:net')).createServer().listen(0),
  lookup: async () => (await import('node:dns')).lookup('localhost', () => undefined),
  lookupPromise: async () => (await import('node:dns/promises')).lookup('localhost'),
  resolver: async () => new (await import('node:dns')).Resolver().resolveTxt('localhost', () => undefined),
  resolverPromise: async () => new (await import('node:dns')).promises.Resolver().resolveAny('localhost'),
  datagram: async () => (await import('node:dgram')).createSocket('udp4').send('x', 18080, '127.0.0.1'),
  worker: async () => new (await import('node:worker_threads')).Worker('1', { eval: true }),
}
const outcome = {}
for (const [name, go] of Object.entries(ways)) {
  try { await go(); outcome[name] = 'open' } catch (error) { outcome[name] = (error.cause ?? error).code }
}
console.log(JSON.stringify(outcome))
process.exit(0)
`

test('no way is open', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
  expect(JSON.parse(stdout)).toEqual({
    fetch: 'ERR_NETWORK_BLOCKED',
    http: 'ERR_NETWORK_BLOCKED',
    socket: 'ERR_NETWORK_BLOCKED',
    listen: 'ERR_NETWORK_BLOCKED',
    lookup: 'ERR_NETWORK_BLOCKED',
    lookupPromise: 'ERR_NETWORK_BLOCKED',
    resolver: 'ERR_NETWORK_BLOCKED',
    resolverPromise: 'ERR_NETWORK_BLOCKED',
    datagram: 'ERR_NETWORK_BLOCKED',
    worker: 'ERR_NETWORK_BLOCKED',
  })
})
