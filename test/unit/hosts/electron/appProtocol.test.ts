// `app://sotto/` answers plain names below its root and nothing else, always under the one policy.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { answerPage, filesBelow, type PageSource } from '../../../../main/hosts/electron/appProtocol.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'sotto-protocol-'))
const root = path.join(folder, 'app')
mkdirSync(path.join(root, 'assets'), { recursive: true })
mkdirSync(path.join(folder, 'app-evil'))
writeFileSync(path.join(root, 'index.html'), '<meta nonce="__NONCE__"><p>Hello</p>')
writeFileSync(path.join(root, 'assets', 'index-abc.js'), 'export const one = 1')
writeFileSync(path.join(root, 'notes.txt'), 'of no known type')
writeFileSync(path.join(folder, 'secret.html'), 'outside')
writeFileSync(path.join(folder, 'app-evil', 'index.html'), 'beside')
symlinkSync(path.join(folder, 'secret.html'), path.join(root, 'linked.html'))
symlinkSync(path.join(folder, 'app-evil'), path.join(root, 'beside'))
afterAll(() => rmSync(folder, { recursive: true }))

const source: PageSource = { ...filesBelow(root), newNonce: () => 'n0nce' }

/** The policy as an auditor reads it: written out here, so that a change of it changes this file. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-n0nce'; img-src 'self' data: blob:; font-src 'self'; " +
  "connect-src 'none'; worker-src 'self'; frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; " +
  "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default"

test.each([
  ['app://sotto/', 'text/html; charset=utf-8', '<meta nonce="n0nce"><p>Hello</p>'],
  ['app://sotto/index.html?again#top', 'text/html; charset=utf-8', '<meta nonce="n0nce"><p>Hello</p>'],
  ['app://sotto/assets/index-abc.js', 'text/javascript; charset=utf-8', 'export const one = 1'],
])('S3: %s', async (address, type, body) => {
  const answer = await answerPage(source, 'GET', address)
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([200, type, body])
})

const refused = [
  'app://sotto/../secret.html',
  'app://sotto/%2e%2e/secret.html',
  'app://sotto/assets/%2E%2E/%2e%2e/secret.html',
  'app://sotto/..%2fsecret.html',
  'app://sotto/..%5csecret.html',
  'app://sotto/..\\secret.html',
  'app://sotto/index.html%00.js',
  'app://sotto/index.html\0',
  'app://sotto//etc/passwd.html',
  `app://sotto/${path.join(folder, 'secret.html')}`,
  'app://sotto/C:/windows/win.html',
  'app://sotto/../app-evil/index.html',
  'app://sotto/linked.html',
  'app://sotto/beside/index.html',
  'app://sotto/notes.txt',
  'app://sotto/nothing.html',
  'app://sotto',
  'app://sotto.evil/index.html',
  'app://evil/index.html',
  'app://sotto:80/index.html',
  'app://user@sotto/index.html',
  'app:/index.html',
  'file:///etc/passwd',
  'https://sotto/index.html',
  '',
]

test.each(refused)('S3: %j is not answered', async (address) => {
  const answer = await answerPage(source, 'GET', address)
  expect([answer.status, await answer.text()]).toEqual([404, ''])
})

test.each(['POST', 'HEAD', 'PUT', 'get'])('S3: %s is refused', async (method) => {
  expect((await answerPage(source, method, 'app://sotto/')).status).toBe(405)
})

test('S4: every response carries the one policy and is not sniffed', async () => {
  for (const address of ['app://sotto/', 'app://sotto/assets/index-abc.js', ...refused]) {
    for (const method of ['GET', 'POST']) {
      const { headers } = await answerPage(source, method, address)
      expect(headers.get('content-security-policy')).toBe(policy)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
  }
})

test('S4: a nonce is never used twice', async () => {
  const fresh = filesBelow(root)
  const nonces = await Promise.all(
    Array.from({ length: 50 }, async () => (await answerPage(fresh, 'GET', 'app://sotto/')).text()),
  )
  expect(new Set(nonces).size).toBe(50)
})
