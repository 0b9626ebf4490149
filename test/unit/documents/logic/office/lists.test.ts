// Labels of PowerPoint's and OpenDocument's list items.
import { describe, expect, test } from 'vitest'
import { OdfPresentation } from '../../../../../main/documents/logic/office/odfPresentation.ts'
import { OdfStyles } from '../../../../../main/documents/logic/office/odfStyles.ts'
import { PptxSlide } from '../../../../../main/documents/logic/office/pptxSlide.ts'
import { slideSegments } from '../../../../../main/documents/logic/office/slideSegments.ts'
import type { XmlEvent } from '../../../../../main/documents/logic/office/xmlEvent.ts'

type Events = readonly XmlEvent[]

function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (Events | string)[]
): Events {
  const inner = children.flatMap((child): Events =>
    typeof child === 'string' ? [{ kind: 'text', text: child }] : child,
  )
  return [{ kind: 'open', name, attributes }, ...inner, { kind: 'close', name }]
}

describe('PowerPoint', () => {
  function paragraph(text: string, properties: Readonly<Record<string, string>>, ...labels: readonly Events[]): Events {
    return element('a:p', {}, element('a:pPr', properties, ...labels), element('a:r', {}, element('a:t', {}, text)))
  }
  const numbered = (type: string, startAt?: string): Events =>
    element('a:buAutoNum', startAt === undefined ? { type } : { type, startAt })

  function linesOf(placeholder: string, ...paragraphs: readonly Events[]): readonly string[] {
    const slide = new PptxSlide('body')
    const shape: Events = element(
      'p:sp',
      {},
      element('p:ph', { type: placeholder }),
      element('p:txBody', {}, ...paragraphs),
    )
    for (const event of element('p:sld', {}, shape)) slide.take(event)
    return slideSegments(slide.blocks, 1, 'body').map(({ kind, text }) => `${kind ?? ''}|${text}`)
  }

  test('an outline has signs by level; a paragraph may refuse them', () => {
    expect(
      linesOf(
        'body',
        paragraph('Quay', {}),
        paragraph('Piles', { lvl: '1' }),
        paragraph('Oak', { lvl: '2' }),
        paragraph('Plain', {}, element('a:buNone', {})),
      ),
    ).toEqual(['list-item|• Quay', 'list-item|  ◦ Piles', 'list-item|    ▪ Oak', 'paragraph|Plain'])
  })

  test('numbers go on over deeper levels, begin again under the next item, and are written as they are set', () => {
    expect(
      linesOf(
        'body',
        paragraph('One', {}, numbered('arabicPeriod')),
        paragraph('In', { lvl: '1' }, numbered('alphaLcParenR')),
        paragraph('Inner', { lvl: '1' }, numbered('alphaLcParenR')),
        paragraph('Two', {}, numbered('arabicPeriod')),
        paragraph('Again', { lvl: '1' }, numbered('alphaLcParenR')),
        paragraph('Other', {}, numbered('romanUcParenBoth', '4')),
      ),
    ).toEqual([
      'list-item|1. One',
      'list-item|  a) In',
      'list-item|  b) Inner',
      'list-item|2. Two',
      'list-item|  a) Again',
      'list-item|(IV) Other',
    ])
  })

  test('a text box has signs only where it says so', () => {
    expect(linesOf('other', paragraph('No', {}), paragraph('Yes', {}, element('a:buChar', { char: '-' })))).toEqual([
      'paragraph|No',
      'list-item|• Yes',
    ])
  })
})

test('OpenDocument’s slides: lists by level and number, an outline without a list has signs too', () => {
  const styles = new OdfStyles()
  const level = (name: string, at: string, more: Readonly<Record<string, string>>): Events =>
    element(`text:list-level-style-${name}`, { 'text:level': at, ...more })
  const list: Events = element(
    'text:list-style',
    { 'style:name': 'L' },
    level('number', '1', { 'style:num-format': '1', 'style:num-suffix': '.' }),
    level('bullet', '2', {}),
  )
  for (const event of list) styles.take(event)
  const item = (text: string, ...more: readonly Events[]): Events =>
    element('text:list-item', {}, element('text:p', {}, text), ...more)
  const body: Events = element(
    'draw:page',
    {},
    element(
      'draw:frame',
      { 'presentation:class': 'outline' },
      element('text:p', {}, 'Alone'),
      element('text:list', { 'text:style-name': 'L' }, item('One', element('text:list', {}, item('In'))), item('Two')),
    ),
  )
  const slides = new OdfPresentation(styles)
  for (const event of body) slides.take(event)
  const [slide] = slides.drain()
  expect(slide?.segments.map(({ kind, text }) => `${kind ?? ''}|${text}`)).toEqual([
    'list-item|• Alone',
    'list-item|1. One',
    'list-item|  ◦ In',
    'list-item|2. Two',
  ])
})
