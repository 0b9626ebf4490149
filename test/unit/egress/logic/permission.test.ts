// What may leave: purposes, hosts, schemes, redirects, names and the addresses behind them.
import { describe, expect, test } from 'vitest'
import { allowedHosts } from '../../../../main/egress/allowedHosts.ts'
import { destinationOf, permissionRefusal, redirectRefusal } from '../../../../main/egress/logic/permission.ts'
import { proxyFrom } from '../../../../main/egress/logic/proxy.ts'
import { publicHosts } from '../../../../main/egress/logic/purposes.ts'
import { mayAnswerFor } from '../../../../main/egress/logic/resolvedAddress.ts'

const hosts = ['huggingface.co', '127.0.0.1:8080', 'localhost:8080', '[::1]:8080', 'mirror.example:8443']

describe('permissionRefusal', () => {
  test.each([
    ['https://huggingface.co/a', null],
    ['https://HuggingFace.co:443/a?b=c', null],
    ['https://mirror.example:8443/a', null],
    ['http://127.0.0.1:8080/a', null],
    ['http://localhost:8080/a', null],
    ['http://[::1]:8080/a', null],
    ['http://huggingface.co/a', 'scheme'],
    ['ftp://huggingface.co/a', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['https://huggingface.co:444/a', 'host'],
    ['https://mirror.example/a', 'host'],
    ['https://huggingface.co.evil.example/a', 'host'],
    ['https://evil.example/huggingface.co', 'host'],
    ['https://huggingface.co./a', 'host'],
    ['http://127.0.0.1:8081/a', 'host'],
    ['https://person@huggingface.co/a', 'address'],
    ['https://huggingface.co@evil.example/a', 'address'],
    ['https://:secret@huggingface.co/a', 'address'],
    ['not an address', 'address'],
    ['', 'address'],
    [`https://huggingface.co/${'a'.repeat(5000)}`, 'address'],
  ])('%s', (address, reason) => {
    expect(permissionRefusal({ purpose: 'model-download', method: 'GET', address: URL.parse(address), hosts })).toBe(
      reason,
    )
  })

  test.each(['POST', 'PUT', 'get', 'CONNECT', ''])('method %s', (method) => {
    const address = new URL('https://huggingface.co/')
    expect(permissionRefusal({ purpose: 'model-download', method, address, hosts })).toBe('method')
  })

  test('content and purposes without hosts are closed', () => {
    const address = new URL('https://huggingface.co/')
    expect([
      permissionRefusal({ purpose: 'content', method: 'GET', address, hosts }),
      permissionRefusal({ purpose: 'update', method: 'GET', address, hosts: [] }),
    ]).toEqual(['purpose', 'purpose'])
  })
})

describe('redirectRefusal', () => {
  const from = new URL('https://huggingface.co/a')
  const local = new URL('http://127.0.0.1:8080/a')
  test.each([
    [from, 'https://mirror.example:8443/b', 1, null],
    [from, 'https://mirror.example:8443/b', 5, null],
    [local, 'http://localhost:8080/b', 1, null],
    [local, 'https://huggingface.co/b', 1, null],
    [from, 'https://mirror.example:8443/b', 6, 'redirect'],
    [from, 'https://evil.example/b', 1, 'redirect'],
    [from, 'http://mirror.example:8443/b', 1, 'redirect'],
    [from, 'http://127.0.0.1:8080/b', 1, 'redirect'],
    [from, 'https://a:b@huggingface.co/b', 1, 'redirect'],
    [from, 'https://', 1, 'redirect'],
  ])('%s to %s as redirect %i', (start, to, hop, reason) => {
    expect(redirectRefusal(start, URL.parse(to), hosts, hop)).toBe(reason)
  })
})

test('the ledger names a destination without secrets', () => {
  const signed = new URL('https://name:word@cdn.example/file?Signature=abc#part')
  expect([destinationOf(signed, 0), destinationOf(signed, 1), destinationOf(null, 0)]).toEqual([
    'https://cdn.example/file?Signature=abc',
    'https://cdn.example/file?(13 characters)',
    'not an address',
  ])
})

describe('allowedHosts', () => {
  test('a mirror replaces the public hosts, for models only', () => {
    const options = { modelMirror: 'https://mirror.example:8443/models/', modelDownload: 'on' } as const // as: fixed
    expect([
      allowedHosts('model-download', options),
      allowedHosts('model-header', options),
      allowedHosts('provider-models', options),
      allowedHosts('update', options),
      allowedHosts('content', options),
    ]).toEqual([['mirror.example:8443'], ['mirror.example:8443'], ['api.anthropic.com'], [], []])
  })

  test('without one the public hosts hold; downloads turned off or a broken mirror leave none', () => {
    expect([
      allowedHosts('model-download', { modelMirror: '', modelDownload: 'on' }),
      allowedHosts('model-download', { modelMirror: '', modelDownload: 'off' }),
      allowedHosts('model-download', { modelMirror: 'nonsense', modelDownload: 'on' }),
    ]).toEqual([publicHosts['model-download'], [], []])
  })
})

test.each([
  ['huggingface.co', '18.164.174.55', true],
  ['mirror.corp.example', '10.1.2.3', true],
  ['huggingface.co', '2600:9000::1', true],
  ['huggingface.co', '127.0.0.1', false],
  ['huggingface.co', '127.8.8.8', false],
  ['huggingface.co', '::1', false],
  ['huggingface.co', '::ffff:127.0.0.1', false],
  ['huggingface.co', '169.254.169.254', false],
  ['huggingface.co', 'FE80::1', false],
  ['huggingface.co', '0.0.0.0', false],
  ['huggingface.co', '::', false],
  ['localhost', '127.0.0.1', true],
  ['localhost', '::1', true],
  ['localhost', '10.0.0.1', false],
])('%s may resolve to %s: %s', (hostname, address, allowed) => {
  expect(mayAnswerFor(hostname, address)).toBe(allowed)
})

test('proxy variables: lower case wins, ALL_PROXY fills in, a scheme is added, absence is empty', () => {
  expect([
    proxyFrom({ HTTPS_PROXY: 'https://up.example:3128', https_proxy: 'low.example:3128', NO_PROXY: 'intra.example' }),
    proxyFrom({ ALL_PROXY: 'all.example:1080', http_proxy: 'http://low.example' }),
    proxyFrom({}),
  ]).toEqual([
    { http: '', https: 'http://low.example:3128', bypass: 'intra.example' },
    { http: 'http://low.example', https: 'http://all.example:1080', bypass: '' },
    { http: '', https: '', bypass: '' },
  ])
})
