// Paths become files only below the root; the page carries its nonce and the bridge; one set of headers.
import { expect, test } from 'vitest'
import { contentSecurityPolicy, leadingPage, pageFile, pageHtml } from '../../../../main/hosts/browser/page.ts'

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

test('the bridge comes right before the first script, and every nonce is filled in', () => {
  const built = '<meta nonce="__NONCE__"><script type="module" src="/a.js"></script><i nonce="__NONCE__">'
  expect(pageHtml(built, '$&n')).toBe(
    '<meta nonce="$&n"><script type="module" src="/browser-preload.js"></script>\n' +
      '    <script type="module" src="/a.js"></script><i nonce="$&n">',
  )
})

test('a leading page leads where it is told and nowhere else', () => {
  expect(leadingPage('http://127.0.0.1:1/?a=1&b="><script>')).toContain(
    'content="0;url=http://127.0.0.1:1/?a=1&amp;b=&quot;><script>"',
  )
})

test('the policy allows no inline script, no evaluation and no address outside', () => {
  const policy = contentSecurityPolicy('n')
  expect(policy).not.toMatch(/unsafe|https?:|\*/)
  expect(policy).toContain("default-src 'none'; script-src 'self';")
  expect(policy).toContain("require-trusted-types-for 'script'")
})
