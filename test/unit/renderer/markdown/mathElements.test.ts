// Formulas become MathML elements; what is not plain mathematics stays as it is written.
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import temml from 'temml'
import { expect, test } from 'vitest'
import { mathElements } from '../../../../renderer/markdown/mathElements.ts'
import { hostilePayloads } from '../../../fixtures/hostilePayloads.ts'
import { elementsOf } from './renderMarkdown.ts'

function markup(source: string, display = false): string | null {
  const elements = mathElements(temml, source, display)
  return elements === null ? null : renderToStaticMarkup(createElement('p', null, elements))
}

test('a fraction, and a formula on its own line', () => {
  expect(markup('\\frac{m}{V}')).toBe('<p><math><mfrac><mi>m</mi><mi>V</mi></mfrac></math></p>')
  expect(markup('x', true)).toContain('<math display="block">')
})

test.each([
  '\\href{javascript:1}{x}',
  '\\includegraphics{https://evil.example/i.png}',
  '\\htmlData{a=b}{x}',
  '\\frac{',
])('%s stays as it is written', (source) => expect(markup(source)).toBeNull())

test('a definition that never ends is refused', () => {
  expect(markup('\\def\\a{\\a\\a}\\a')).toBeNull()
})

test('no payload makes anything but MathML', () => {
  for (const { text } of hostilePayloads) {
    for (const { tag, attributes } of elementsOf(markup(`\\text{${text}} ${text}`) ?? '')) {
      expect(tag).toMatch(/^(p|math|m[a-z]+|none)$/)
      expect(Object.keys(attributes).filter((name) => /^on|href|src|style|class|id$/.test(name))).toEqual([])
    }
  }
})
