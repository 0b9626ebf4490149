// The page carries its nonce and the bridge, and a leading page leads where it is told.
import { expect, test } from 'vitest'
import { leadingPage, pageHtml } from '../../../../main/hosts/browser/page.ts'

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
