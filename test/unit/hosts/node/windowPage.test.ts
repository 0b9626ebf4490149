// Paths become files only below the root; one policy for the window.
import { expect, test } from 'vitest'
import { pageFile, pagePolicy } from '../../../../main/hosts/node/windowPage.ts'

const root = '/srv/window'

test.each([
  ['/', '/srv/window/index.html', 'text/html; charset=utf-8'],
  ['/assets/index-ab_C.js', '/srv/window/assets/index-ab_C.js', 'text/javascript; charset=utf-8'],
  ['/icon.svg', '/srv/window/icon.svg', 'image/svg+xml'],
])('%s', (path, file, type) => {
  expect(pageFile(root, path)).toEqual({ file, type })
})

test.each([
  '/../window-else/index.html',
  '/..',
  '/%2e%2e/secret.html',
  '/assets/%2e%2e/%2e%2e/secret.html',
  '/..%2fsecret.html',
  '/..%5csecret.html',
  '/..\\secret.html',
  '/assets%00.html',
  '/index.html\0.png',
  '//etc/passwd.html',
  '/.env.html',
  '/assets/.hidden.js',
  '/C:/windows/win.html',
  '/assets/',
  '/assets',
  '/index.HTML',
  '/key.pem',
  '',
  'index.html',
])('%j is no file', (path) => {
  expect(pageFile(root, path)).toBeNull()
})

test('the policy allows no inline script, no evaluation and no address outside', () => {
  const policy = pagePolicy({ connect: "'none'", nonce: 'n' })
  expect(policy).not.toMatch(/unsafe|https?:|\*/)
  expect(policy).toContain("default-src 'none'; script-src 'self';")
  expect(policy).toContain("require-trusted-types-for 'script'")
})
