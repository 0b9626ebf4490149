// Hostile Markdown becomes text: checked on what a browser's parser makes of the rendered page.
import { describe, expect, test } from 'vitest'
import { hostileHost, hostilePayloads } from '../../../fixtures/hostilePayloads.ts'
import { elementsOf, renderMarkdown, textOf } from './renderMarkdown.ts'

/** Every element Markdown may become. */
const allowed = new Set(
  'div p span strong em del code pre br hr ul ol li blockquote h3 h4 h5 h6 table thead tbody tr th td figure figcaption button svg path rect'.split(
    ' ',
  ),
)

/** Attributes of our own making. */
const allowedAttributes =
  /^(class|start|scope|role|tabindex|type|id|aria-[a-z]+|data-(rac|react-aria-pressable)|xmlns|width|height|viewbox|fill|stroke|stroke-width|stroke-linecap|stroke-linejoin|d|x|y|rx|ry|focusable)$/i

describe.each([
  ['whole', false],
  ['growing', true],
])('%s', (_, growing) => {
  test.each(hostilePayloads.map((payload) => [payload.id, payload.text] as const))('%s', (_id, text) => {
    const markup = renderMarkdown(text, growing)
    for (const { tag, attributes } of elementsOf(markup)) {
      expect(allowed, tag).toContain(tag)
      for (const [name, value] of Object.entries(attributes)) {
        expect(name).toMatch(allowedAttributes)
        if (name === 'id') expect(value).toMatch(/^react-aria/)
        if (name === 'class') expect(value).not.toContain('pwned')
      }
    }
  })
})

test('there are at least 150, of every class, and each is named once', () => {
  expect(hostilePayloads.length).toBeGreaterThanOrEqual(150)
  expect(new Set(hostilePayloads.map(({ id }) => id)).size).toBe(hostilePayloads.length)
  expect(hostilePayloads.filter(({ text }) => text.includes(hostileHost)).length).toBeGreaterThan(50)
})

test('raw markup is shown as it is written', () => {
  expect(textOf(renderMarkdown('<script>window.pwned = 1</script>'))).toBe('<script>window.pwned = 1</script>')
  expect(textOf(renderMarkdown('a <b onclick=x>bold</b> word'))).toBe('a <b onclick=x>bold</b> word')
  expect(textOf(renderMarkdown('<!-- note -->'))).toBe('<!-- note -->')
})

test('an image is its description and address', () => {
  expect(textOf(renderMarkdown('![A crane](https://evil.example/?q=1)'))).toBe(
    'chat.markdown.image A crane https://evil.example/?q=1',
  )
})

test('a link names its host, whatever its words say, and carries no address', () => {
  const markup = renderMarkdown('[https://good.example](https://evil.example/login)')
  expect(textOf(markup)).toBe('https://good.example\u00A0(evil.example)')
  expect(elementsOf(markup).map(({ attributes }) => attributes['role'] ?? '')).toContain('link')
  expect(markup).not.toContain('href')
  expect(textOf(renderMarkdown('https://evil.example/a?b'))).toBe('https://evil.example/a?b')
  expect(textOf(renderMarkdown('[x](https://good.example@evil.example/)'))).toBe('x\u00A0(evil.example)')
  expect(textOf(renderMarkdown('[good.example.evil.example](https://good.example.evil.example)'))).toBe(
    'good.example.evil.example',
  )
  expect(textOf(renderMarkdown('[evil.example.good.example](https://evil.example)'))).toBe(
    'evil.example.good.example\u00A0(evil.example)',
  )
})

test.each(['javascript:1', 'java\tscript:1', '&#106;avascript:1', 'data:text/html,x', '//evil.example', '/x', '#x'])(
  'no link for %j',
  (address) => {
    expect(
      elementsOf(renderMarkdown(`[words](${address})`)).some(({ attributes }) => attributes['role'] === 'link'),
    ).toBe(false)
  },
)

test('nothing hides or turns text around', () => {
  expect(textOf(renderMarkdown('safe\u202Egpj.exe \u2066a\u2069 tag\u{E0073} zero\u200Bwidth nul\u0000'))).toBe(
    'safegpj.exe a tag zerowidth nul\uFFFD'.replace('\uFFFD', ''),
  )
})
