// The built window as files: nothing inline, no address outside, the bridge under its one name.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type DefaultTreeAdapterMap, parse } from 'parse5'
import { expect, test } from 'vitest'
import { pageFile } from '../../main/hosts/node/windowPage.ts'

const folder = path.resolve(import.meta.dirname, '../../dist/renderer')
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'))
const html = readFileSync(path.join(folder, 'index.html'), 'utf8')

test('one page, one bridge, everything else named by its content', () => {
  expect(files.filter((name) => !name.startsWith('assets'))).toEqual(
    expect.arrayContaining(['browser-preload.js', 'icon.svg', 'index.html']),
  )
  const unhashed = files.filter((name) => /^assets\/.+\.(js|css|woff2?)$/.test(name) && !/-[\w-]{8}\.\w+$/.test(name))
  expect(unhashed).toEqual([])
})

test('the page has no inline script, style, handler or address outside', () => {
  expect([...html.matchAll(/<script(?![^>]*\ssrc="\/[^"]+")[^>]*>/g)].map(String)).toEqual([])
  expect([...html.matchAll(/<style|\sstyle=|\son[a-z]+=|javascript:|https?:|\/\/[a-z]/gi)].map(String)).toEqual([])
  expect(html).toContain('<meta property="csp-nonce" content="__NONCE__" nonce="__NONCE__" />')
})

type Node = DefaultTreeAdapterMap['node']

/** Every element below a node, itself included. */
function elementsOf(node: Node): readonly DefaultTreeAdapterMap['element'][] {
  const below = 'childNodes' in node ? node.childNodes.flatMap(elementsOf) : []
  return 'tagName' in node ? [node, ...below] : below
}

test('S5: as a parser reads it, the page runs only files of its own', () => {
  const elements = elementsOf(parse(html))
  const told = elements.flatMap(({ tagName, attrs, childNodes }) => [
    ...attrs
      .filter(({ name, value }) => /^on|^style$/.test(name) || /^\s*(https?:|\/\/|data:|javascript:)/i.test(value))
      .map(({ name, value }) => `${tagName} ${name}=${value}`),
    ...(/^(script|style)$/.test(tagName) && childNodes.length > 0 ? [`inline ${tagName}`] : []),
    ...(/^(iframe|object|embed|base|form)$/.test(tagName) ? [tagName] : []),
  ])
  expect(elements.length).toBeGreaterThan(5)
  expect(told).toEqual([])
})

test('S5: no script makes code of text', () => {
  const scripts = files.filter((name) => name.endsWith('.js'))
  const evaluating = scripts.filter((name) =>
    /(?<![.\w$])eval\(|new Function\(|(?<![.\w$])Function\(["'`]/.test(readFileSync(path.join(folder, name), 'utf8')),
  )
  expect(scripts.length).toBeGreaterThan(2)
  expect(evaluating).toEqual([])
})

test('styles load nothing but our own files', () => {
  for (const name of files.filter((each) => each.endsWith('.css'))) {
    const css = readFileSync(path.join(folder, name), 'utf8')
    const addresses = [...css.matchAll(/url\(\s*["']?([^"')]+)/g)].map((match) => match[1] ?? '')
    expect(addresses.filter((address) => !/^\/assets\/[\w.-]+\.woff2?$/.test(address))).toEqual([])
    expect(css).not.toContain('@import')
  }
})

test('every file is of a kind the host serves', () => {
  const unserved = files.filter((name) => name.includes('.') && pageFile(folder, `/${name}`) === null)
  expect(unserved).toEqual([])
})

test('the bridge stands alone', () => {
  const bridge = readFileSync(path.join(folder, 'browser-preload.js'), 'utf8')
  expect(bridge).not.toMatch(/\bimport\b|\bexport\s*\{[^}]*\bfrom\b/)
})

test('it is built for people: no development build of a library, whoever built it', () => {
  for (const name of files.filter((each) => each.endsWith('.js'))) {
    const script = readFileSync(path.join(folder, name), 'utf8')
    expect(script).not.toMatch(/React DevTools|jsxDEV/)
  }
})
