// Exports of samples: names, pieces, what stands in every format, and what a hostile document cannot do.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { marked } from 'marked'
import { getDocument } from 'unpdf/pdfjs'
import { describe, expect, test } from 'vitest'
import { exportFile } from '#contract/exportFile.ts'
import { languages } from '#contract/language.ts'
import { fail } from '#contract/result.ts'
import { hostilePayloads } from '../../fixtures/hostilePayloads.ts'
import { exportSchemaText } from '../../../scripts/exportSchema.ts'
import { createSampleExports, sampleSummaries } from '../../fakes/exportSamples.ts'
import { exported, exportedText, subjects } from './exported.ts'
import { partOf } from './partOf.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const everySubject = Object.entries(subjects)
const tricks = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069]/

describe('every subject', () => {
  test.each(everySubject)('%s as JSON is valid, and says the same twice', async (_, what) => {
    const text = await exportedText(what, 'json')
    expect(exportFile.parse(JSON.parse(text))).toMatchObject({ format: 'sotto-export', version: 1, kind: what.kind })
    expect(await exportedText(what, 'json')).toBe(text)
  })

  test.each(everySubject)('%s as HTML has no script and nothing remote', async (_, what) => {
    const html = await exportedText(what, 'html')
    const tags = [...html.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([, name = '']) => name.toLowerCase())
    const known =
      'html head meta title style body main h1 h2 h3 p ul li dl dt dd code section div blockquote b i span del ins sup a'
    expect(tags.filter((name) => !known.split(' ').includes(name))).toEqual([])
    const addresses = [...html.matchAll(/\s(?:href|src|action|style|on\w+)="([^"]*)"/g)].map(([, value]) => value)
    expect(addresses.filter((value) => !/^#passage-\d+$/.test(value ?? ''))).toEqual([])
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
  })

  test.each(everySubject)('%s cites what is there: every number leads to a passage', async (_, what) => {
    const html = await exportedText(what, 'html')
    const cited = [...html.matchAll(/href="#(passage-\d+)"/g)].map(([, id]) => id)
    const there = new Set([...html.matchAll(/id="(passage-\d+)"/g)].map(([, id]) => id))
    expect(cited.filter((id) => !there.has(id ?? ''))).toEqual([])
  })

  test.each(everySubject)('%s stands on its own in every format: how it was made, with hashes', async (_, what) => {
    for (const format of ['markdown', 'html', 'text'] as const) {
      const text = await exportedText(what, format)
      expect(text).toContain('How this was made')
      expect(text.replaceAll('\\', '')).toMatch(/[0-9a-f]{64}/)
      expect(text).toContain('0.1.0')
    }
  })
})

test('a summary shows coverage, marks and counts what is not supported, and says what was left out', async () => {
  const text = await exportedText(subjects.english, 'text')
  expect(text).toContain('Document: Lease 2026.pdf. Read: 1 page, all there is.')
  expect(text).toContain('1 of 4 sentences was not found in the document. It is marked.')
  expect(text).toContain('• Pets are allowed in the garden. [not found in the document]')
  expect(text).toContain('2 sentences that the model wrote and the document does not have were left out.')
  expect(text).toContain(
    '[1] p. 1\nThe tenant shall pay a monthly rent of EUR 1,250, due on the third day of each month.',
  )
  expect(text).toContain('Prompt: summary, version 3')
})

test('in German: the words, the note on what is not there, the contradiction', async () => {
  const text = await exportedText(subjects.german, 'text', 'de')
  expect(text).toContain('Zusammenfassung von „Mietvertrag für die Wohnung Gartenstraße 5“')
  expect(text).toContain('Die Frist beträgt vier Monate. [nicht im Dokument: vier]')
  expect(text).toContain('Widersprüche im Dokument')
  expect(text).toContain('Die Kündigungsfrist beträgt sechs Monate.')
})

test('an answer, a comparison and a batch say what they are about', async () => {
  expect(await exportedText(subjects.answer, 'text')).toContain('Question: When is the rent due?')
  const comparison = await exportedText(subjects.comparison, 'text')
  expect(comparison).toContain('Before, clause 1.2, p. 1: The Supplier is [−not−] liable for indirect damages.')
  const batch = await exportedText(subjects.batch, 'text')
  expect(batch).toContain('Left out')
  expect(batch).toMatch(/• Scan\.pdf: .+/)
})

describe('hostile text', () => {
  test('becomes no element, link or image in Markdown', async () => {
    const markdown = await exportedText(subjects.hostile, 'markdown')
    const own = markdown.replace(/<a id="passage-\d+"><\/a>/g, '')
    const found: string[] = []
    void marked.walkTokens(marked.lexer(own), (token) => {
      const isOurs = token.type === 'link' && /^#passage-\d+$/.test(String(token['href']))
      if (['html', 'image', 'table', 'code'].includes(token.type)) found.push(token.raw)
      if (token.type === 'link' && !isOurs) found.push(token.raw)
    })
    expect(found).toEqual([])
  })

  test('stays text in HTML: every payload is found there escaped', async () => {
    const html = await exportedText(subjects.hostile, 'html')
    expect(html).not.toMatch(/<script|<img|<svg|<iframe|onerror="/i)
    for (const { text } of hostilePayloads.filter((payload) => payload.class === 'script').slice(0, 5)) {
      const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
      expect(html).toContain(escaped.replaceAll('"', '&quot;').replaceAll("'", '&#39;'))
    }
  })

  test('begins no formula for whoever pastes it into a spreadsheet', async () => {
    const service = createSampleExports(path.join(root, 'resources'))
    const rich = await service.richText(subjects.hostile, 'en')
    if (!rich.ok) throw new Error(rich.failure.code)
    const lines = rich.value.text.split('\n').filter((line) => !/^[=-]{3,60}$/.test(line))
    expect(lines.filter((line) => /^\s*[=+\-@]/.test(line))).toEqual([])
    const cells = [...rich.value.html.matchAll(/<(?:p|li|blockquote|h\d|dd|dt)[^>]*>([^<]*)/g)].map(
      ([, text]) => text ?? '',
    )
    expect(cells.filter((text) => /^\s*[=+@]|^\s*-\w/.test(text))).toEqual([])
  })

  test('cannot hide or reorder in any text format', async () => {
    for (const format of ['markdown', 'html', 'json', 'text'] as const) {
      expect(await exportedText(subjects.hostile, format)).not.toMatch(tricks)
    }
  })

  test('names a file that every system takes', async () => {
    const { finished } = await exported(subjects.hostile, 'html')
    expect(finished.fileName).toBe('img src=x onerror=alert(1) .pdf own summary.html')
  })
})

test('a PDF tells the letters its fonts lack, and counts them', async () => {
  const { finished } = await exported(subjects.scripts, 'pdf')
  expect(finished.withoutGlyph).toBe(26)
  expect((await exported(subjects.german, 'pdf')).finished.withoutGlyph).toBe(0)
})

test('Word: distances of lines are parts of one, and a heading never ends a page', async () => {
  const { bytes } = await exported(subjects.comparison, 'docx')
  const styles = partOf(bytes, 'word/styles.xml')
  const spacings = [...styles.matchAll(/<w:spacing [^>]*w:line="[^>]*>/g)].map(([tag]) => tag)
  expect(spacings.length).toBeGreaterThan(4)
  expect(spacings.filter((tag) => !tag.includes('w:lineRule="auto"'))).toEqual([])
  for (const id of ['Title', 'Heading1', 'Heading2', 'Heading3']) {
    const [style = ''] = new RegExp(`<w:style [^>]*w:styleId="${id}".*?</w:style>`).exec(styles) ?? []
    expect(style).toContain('<w:keepNext/>')
  }
})

test('PDF: lines of one list stand at one distance, however small their last piece is', async () => {
  const { bytes } = await exported(subjects.english, 'pdf')
  const page = await (await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise).getPage(1)
  const { items } = await page.getTextContent()
  const heights = items.flatMap((item) =>
    'str' in item && item.str.startsWith('•') ? [Number(item.transform[5])] : [],
  )
  const distances = heights.slice(1).map((height, at) => (heights[at] ?? 0) - height)
  expect(distances.length).toBe(3)
  expect(Math.max(...distances) - Math.min(...distances)).toBeLessThan(0.01)
})

test.each(everySubject)('PDF of %s: no page ends with a heading', async (_, what) => {
  const { bytes } = await exported(what, 'pdf')
  const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise
  const headings: string[] = (await document.getOutline()).map(({ title }) => title)
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent()
    const texts = items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? [item.str.trim()] : []))
    // The number of the page is the last of all.
    expect(headings).not.toContain(texts.at(-2))
  }
})

test('three hundred claims are exported in every format', async () => {
  for (const format of ['markdown', 'docx', 'pdf', 'html', 'json'] as const) {
    const { finished, bytes } = await exported(subjects.long, format)
    expect(finished).toMatchObject({ reason: 'complete', bytes: bytes.length })
  }
})

test('stopped before it is made: nothing but the end', async () => {
  const { bytes, finished } = await exported(subjects.long, 'pdf', 'en', AbortSignal.abort())
  expect([bytes.length, finished.reason]).toEqual([0, 'stopped'])
})

test('what is gone is said', async () => {
  const service = createSampleExports(path.join(root, 'resources'))
  const { of } = sampleSummaries.english
  const gone = { kind: 'summary', documentId: of.document.id, summaryId: 'gone' } as const
  expect(await service.richText(gone, 'en')).toEqual(fail('not-found', { what: 'summary', id: 'gone' }))
  const lost = { kind: 'comparison', comparisonId: 'gone' } as const
  expect(await service.richText(lost, 'en')).toEqual(fail('not-found', { what: 'comparison', id: 'gone' }))
})

test('both languages have the same words', () => {
  const keysOf = (value: object, prefix = ''): string[] =>
    Object.entries(value).flatMap(
      ([key, each]) => (typeof each === 'string' ? [prefix + key] : keysOf(each as object, `${prefix}${key}.`)), // as: a tree of texts
    )
  const [english, german] = languages.map(
    (language) =>
      keysOf(JSON.parse(readFileSync(path.join(root, `resources/locales/export.${language}.json`), 'utf8')) as object), // as: our own file
  )
  expect(german).toEqual(english)
})

test('the fonts of the PDF are those of the packages', () => {
  const fonts = ['latin', 'latin-ext', 'greek', 'cyrillic', 'cyrillic-ext', 'vietnamese'].flatMap((script) =>
    ['400', '600'].map((weight) => ['@fontsource/source-serif-4', `source-serif-4-${script}-${weight}-normal.woff`]),
  )
  for (const [name = '', file = ''] of [
    ...fonts,
    ['@fontsource/jetbrains-mono', 'jetbrains-mono-latin-400-normal.woff'],
  ]) {
    const shipped = readFileSync(path.join(root, 'resources/fonts', file))
    expect(shipped.equals(readFileSync(path.join(root, 'node_modules', name, 'files', file)))).toBe(true)
  }
})

test('docs/export.schema.json is the schema of the JSON export', () => {
  const written: unknown = JSON.parse(readFileSync(path.join(root, 'docs/export.schema.json'), 'utf8'))
  expect(written).toEqual(JSON.parse(exportSchemaText()))
})
