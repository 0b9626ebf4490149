// TLS as the door speaks it: a certificate nobody trusts ends the connection before a request is sent.
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { fail } from '#contract/result.ts'
import { EgressGate } from '../../../main/egress/egressGate.ts'
import { createFakeLogger } from '../../fakes/fakeLogger.ts'
import { openLedger } from '../../fakes/ledgerFixture.ts'
import { makeSelfSigned } from '../../fakes/selfSigned.ts'

const certificate = makeSelfSigned()
if (certificate === null) console.warn('skipped: certificates.test.ts needs the openssl command to make a certificate')
const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED']

afterEach(() => {
  if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
  else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before
})

test.skipIf(certificate === null).each([[undefined], ['0']])(
  'an untrusted certificate is refused with NODE_TLS_REJECT_UNAUTHORIZED=%s',
  async (variable) => {
    if (variable !== undefined) process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = variable
    const requests: (string | undefined)[] = []
    const server = createServer({ ...certificate }, (request, response) => {
      requests.push(request.url)
      response.end('secret')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo // as: a TCP server has an address of this kind
    const host = `127.0.0.1:${port}`
    await using fixture = await openLedger()
    const gate = new EgressGate({
      ledger: fixture.ledger,
      localOnly: () => null,
      allowedHosts: () => [host],
      proxy: { http: '', https: '', bypass: '' },
      logger: createFakeLogger(),
    })
    const signal = new AbortController().signal
    const result = await gate.fetchPublic('model-download', `https://${host}/a`, { method: 'GET', signal })
    await gate.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    expect(result).toEqual(fail('network-failed', { host, reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' }))
    expect(requests).toEqual([])
    expect((await fixture.entries()).map((entry) => entry.result)).toEqual([
      'GET',
      'network-failed:DEPTH_ZERO_SELF_SIGNED_CERT',
    ])
  },
)
