// Bad documents by row (D8 to D14) through the real reader process: a coded failure, or a partial result that says so.
import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readDocument } from '../../main/documents/readerClient.ts'
import { createSpawn } from '../../main/hosts/node/spawnChild.ts'
import { makePdf, rawPdf } from '../fixtures/documents/makePdf.ts'
import { readToEnd, type WholeReading } from '../fixtures/documents/readToEnd.ts'

const root = path.resolve(import.meta.dirname, '..', '..')
const fixtures = path.join(root, 'test', 'fixtures', 'documents')
const folder = mkdtempSync(path.join(os.tmpdir(), 'sotto-bad-')) // removed in `afterAll`
const spawn = createSpawn({ root, environment: process.env })

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function read(place: string): Promise<WholeReading> {
  return readToEnd(readDocument(spawn, place, new AbortController().signal))
}

function file(name: string, content: string | Uint8Array): string {
  const place = path.join(folder, name)
  writeFileSync(place, content)
  return place
}

function fixture(name: string): Uint8Array {
  return readFileSync(path.join(fixtures, name))
}

/** What became of a file: its format and texts, or the code of the failure. */
async function outcome(place: string): Promise<string> {
  const { ended, opened, segments } = await read(place)
  return ended.ok ? `${opened?.format}: ${segments.map(({ text }) => text).join(' / ')}` : ended.failure.code
}

describe('D8 wrong extension: what it is decides', () => {
  test.each([
    [
      'a program as PDF',
      'setup.pdf',
      Buffer.concat([Buffer.from('MZ\x90\0'), Buffer.alloc(3000, 0xcc)]),
      'format-unsupported',
    ],
    ['a page as Word', 'page.docx', Buffer.from('<!doctype html><p>Text.</p>'), 'html: Text.'],
    ['RTF as text', 'letter.txt', Buffer.from('{\\rtf1 Text.\\par}'), 'rtf: Text.'],
    [
      'a mail as PDF',
      'mail.pdf',
      Buffer.from('From: a\nTo: b\nSubject: c\nDate: d\n\nText.\n'),
      'eml: c / From: a\nTo: b\nDate: d / Text.',
    ],
    ['text as RTF', 'notes.rtf', Buffer.from('Just text.'), 'text: Just text.'],
    ['an image as CSV', 'data.csv', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'format-unsupported'],
  ])('%s', async (_, name, content, expected) => {
    expect(await outcome(file(name, content))).toBe(expected)
  })
})

describe('D9 truncated at every 10 %: read in part or refused, never more', () => {
  const allowed = new Set(['document-corrupt', 'document-without-text', 'file-empty'])

  test.each([
    ['rtf/table.rtf', 'a.rtf'],
    ['html/pandoc-tables.html', 'a.html'],
    ['csv/distro-info-releases.csv', 'a.csv'],
    ['mail/multipart.eml', 'a.eml'],
    ['mail/git-patches.mbox', 'a.mbox'],
  ])('%s', async (source, name) => {
    const bytes = fixture(source)
    for (const percent of [10, 20, 30, 40, 50, 60, 70, 80, 90]) {
      const { ended, coverage } = await read(file(name, bytes.subarray(0, (bytes.length * percent) / 100)))
      if (ended.ok) expect(coverage?.read).toBe(coverage?.total)
      else expect(allowed).toContain(ended.failure.code)
    }
  })

  test('RTF that is cut says that its rest is missing', async () => {
    const { coverage } = await read(file('cut.rtf', '{\\rtf1 One\\par Two'))
    expect(coverage).toEqual({ unit: 'paragraph', total: 2, read: 2, withoutText: [], leftOut: ['rest'] })
  })
})

describe('D10 text that is hard to read', () => {
  test('NUL bytes in a page, a table and RTF', async () => {
    expect(await outcome(file('nul.html', '<!doctype html><p>One\0two</p>'))).toMatch(
      /^(?:html: One.*two|format-unsupported)$/,
    )
    expect(await outcome(file('nul.rtf', '{\\rtf1 One\0two\\par}'))).toBe('rtf: Onetwo')
  })

  test('lone surrogates written as UTF-8 and as RTF’s numbers never leave the reader', async () => {
    const text = Buffer.concat([Buffer.from('Before '), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from(' after é.')])
    for (const place of [file('lone.txt', text), file('lone.rtf', '{\\rtf1 Before \\u-10240? after.\\par}')]) {
      const { ended, segments } = await read(place)
      expect(ended.ok).toBe(true)
      expect(segments.every((segment) => segment.text.isWellFormed())).toBe(true)
    }
  })

  test('a right-to-left override stays in the text where it was', async () => {
    expect(await outcome(file('override.txt', 'invoice\u202efdp.exe is its name.'))).toBe(
      'text: invoice\u202efdp.exe is its name.',
    )
  })

  test('UTF-7 is read as the signs it is written in', async () => {
    expect(await outcome(file('utf7.txt', 'Hi +AOk- there.'))).toBe('text: Hi +AOk- there.')
  })

  test.each([
    ['utf-16le', (text: string) => Buffer.from(text, 'utf16le')],
    ['utf-16be', (text: string) => Buffer.from(text, 'utf16le').swap16()],
    ['utf-32le', (text: string) => Buffer.from([...text].flatMap((sign) => [sign.codePointAt(0) ?? 0, 0, 0, 0]))],
  ])('%s without a mark', async (_, encode) => {
    expect(await outcome(file('wide.txt', encode('The tide is high today.\n')))).toBe('text: The tide is high today.')
  })

  test('Japanese in seven bits', async () => {
    const bytes = Buffer.from('1b24423b334d7c1b28420a', 'hex')
    expect(await outcome(file('jis.txt', bytes))).toBe('text: 山梨')
  })
})

describe('D11 hostile PDF', () => {
  const content = 'BT /F1 12 Tf 72 700 Td (Text of the page.) Tj ET'
  const stream = `<< /Length ${content.length} >>\nstream\n${content}\nendstream`
  const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'
  const page = (more = '') =>
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R ${more} >>`
  const pages = '<< /Type /Pages /Kids [3 0 R] /Count 1 >>'

  test('scripts do not run, files within are not read, the text is', async () => {
    const script = "<< /S /JavaScript /JS (app.alert('x'); while (true) {}) >>"
    const catalog = `<< /Type /Catalog /Pages 2 0 R /OpenAction ${script} /Names << /EmbeddedFiles << /Names [(a.txt) 6 0 R] >> >> >>`
    const embedded = '<< /Type /Filespec /F (a.txt) /EF << /F 7 0 R >> >>'
    const inner = '<< /Type /EmbeddedFile /Length 12 >>\nstream\nSecret text.\nendstream'
    const pdf = rawPdf([catalog, pages, page(`/AA << /O ${script} >>`), font, stream, embedded, inner])
    expect(await outcome(file('script.pdf', pdf))).toBe('pdf: Text of the page.')
  })

  test('a page of impossible size is read, or counted as without text', async () => {
    const huge = page().replace('595 842', '1e9 1e9')
    const pdf = rawPdf(['<< /Type /Catalog /Pages 2 0 R >>', pages, huge, font, stream])
    expect(await outcome(file('huge.pdf', pdf))).toMatch(/^(?:pdf: Text of the page\.|document-without-text)$/)
  })

  test.each([
    [
      'a page tree that holds itself',
      ['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [2 0 R] /Count 9 >>'],
      '',
    ],
    [
      'a page tree ten thousand deep',
      [
        '<< /Type /Catalog /Pages 2 0 R >>',
        ...Array.from({ length: 10_000 }, (_, at) => `<< /Type /Pages /Kids [${at + 3} 0 R] /Count 1 >>`),
        '<< /Type /Page /MediaBox [0 0 9 9] >>',
      ],
      '',
    ],
    [
      'a cross-reference that leads back to itself',
      ['<< /Type /Catalog /Pages 2 0 R >>', pages, page(), font, stream],
      '/Prev 9',
    ],
    [
      'an outline that leads back to itself',
      [
        '<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>',
        pages,
        page(),
        font,
        stream,
        '<< /First 7 0 R >>',
        '<< /Title (x) /Next 7 0 R /First 7 0 R >>',
      ],
      '',
    ],
  ])('%s', async (_, objects, trailer) => {
    expect(await outcome(file('hostile.pdf', Buffer.from(rawPdf(objects, trailer), 'latin1')))).toMatch(
      /^(?:pdf: Text of the page\.|document-corrupt|document-without-text|document-too-long|reader-out-of-memory)$/,
    )
  })

  test('a password: asked for, wrong, right', async () => {
    const place = path.join(fixtures, 'password-aes256.pdf')
    const withPassword = (password: string) =>
      readToEnd(readDocument(spawn, place, new AbortController().signal, { password }))
    expect((await read(place)).ended).toMatchObject({ ok: false, failure: { code: 'document-encrypted' } })
    expect((await withPassword('guess')).ended).toMatchObject({
      ok: false,
      failure: { code: 'document-password-wrong' },
    })
    expect((await withPassword('secret')).segments.map(({ text }) => text)).toEqual([
      'This note can be read only with its password.',
    ])
  })
})

describe('D13 files that are too large, change or vanish', () => {
  test('two gigabytes of nothing', async () => {
    const place = file('sparse.csv', 'a,b\n')
    truncateSync(place, 2 ** 31)
    expect(await outcome(place)).toBe('file-too-large')
  })

  async function readWhile(place: string, then: () => void): Promise<string> {
    const stream = readDocument(spawn, place, new AbortController().signal)
    let done = false
    for (;;) {
      const step = await stream.next()
      if (step.done === true) return step.value.ok ? 'ok' : step.value.failure.code
      if (!done && step.value.type === 'segments') {
        done = true
        then()
      }
    }
  }

  const rows = `${'x'.repeat(200)},1,2\n`.repeat(40_000)

  test('grows while it is read', async () => {
    const place = file('grows.csv', `a,b,c\n${rows}`)
    expect(await readWhile(place, () => appendFileSync(place, 'more,1,2\n'))).toBe('document-changed')
  })

  test('shrinks while it is read', async () => {
    const place = file('shrinks.csv', `a,b,c\n${rows}`)
    expect(await readWhile(place, () => truncateSync(place, 1000))).toBe('document-changed')
  })

  test('is deleted while it is read: what was open is read to its end', async () => {
    const place = file('vanishes.csv', `a,b,c\n${rows}`)
    expect(await readWhile(place, () => unlinkSync(place))).toBe('ok')
    expect(await outcome(place)).toBe('file-missing')
  })
})

describe('D14 what is no file', () => {
  test('a pipe, devices, memory', async (context) => {
    if (process.platform === 'win32') context.skip('Windows has none of these among files')
    execFileSync('mkfifo', [path.join(folder, 'pipe.pdf')])
    for (const place of [
      path.join(folder, 'pipe.pdf'),
      '/dev/zero',
      '/dev/stdin',
      '/proc/self/mem',
      '/proc/self/environ',
    ]) {
      expect(await outcome(place)).toMatch(/^(?:file-not-regular|file-missing|file-unreadable)$/)
    }
  })

  test('a share that is not there', async () => {
    expect(await outcome('\\\\server\\share\\plan.pdf')).toMatch(/^(?:file-missing|file-unreadable)$/)
  })
})

test('a scan is counted page by page and named as what it is', async () => {
  const { ended, coverage } = await read(file('half.pdf', await makePdf([['Text.'], [], []])))
  expect([ended.ok, coverage]).toEqual([true, { unit: 'page', total: 3, read: 3, withoutText: [2, 3] }])
})
