// The reader process on files of every kind: what is sound is read, everything else is refused by its code.
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createHash } from 'node:crypto'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readDocument, type ReaderOptions } from '../../main/documents/readerClient.ts'
import { createSpawn } from '../../main/hosts/node/spawnChild.ts'
import type { Failure } from '../../preload/contract/failures.ts'
import { makePdf, rawPdf } from '../fixtures/documents/makePdf.ts'
import { readToEnd, type WholeReading } from '../fixtures/documents/readToEnd.ts'

const root = path.resolve(import.meta.dirname, '..', '..')
const fixtures = path.join(root, 'test', 'fixtures', 'documents')
const folder = mkdtempSync(path.join(os.tmpdir(), 'sotto-reader-')) // removed in `afterAll`
const spawn = createSpawn({ root, environment: process.env })

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function read(file: string, options: Partial<ReaderOptions> = {}): Promise<WholeReading> {
  return readToEnd(readDocument(spawn, file, new AbortController().signal, options))
}

function file(name: string, content: string | Uint8Array): string {
  const place = path.join(folder, name)
  writeFileSync(place, content)
  return place
}

async function failureOf(place: string, options: Partial<ReaderOptions> = {}): Promise<Failure | null> {
  const { ended } = await read(place, options)
  return ended.ok ? null : ended.failure
}

describe('places that are no readable file', () => {
  test('missing, and below something that is no folder', async () => {
    expect(await failureOf(path.join(folder, 'none.txt'))).toEqual({
      code: 'file-missing',
      details: { name: 'none.txt' },
    })
    const inside = path.join(file('plain.txt', 'x'), 'inside.txt')
    expect(await failureOf(inside)).toEqual({ code: 'file-missing', details: { name: 'inside.txt' } })
  })

  test('a folder, a pipe, a device, and files the system makes up, without waiting', async () => {
    mkdirSync(path.join(folder, 'sub'))
    execFileSync('mkfifo', [path.join(folder, 'pipe')])
    const places = [path.join(folder, 'sub'), path.join(folder, 'pipe'), '/dev/zero', '/proc/self/mem', '/proc/cpuinfo']
    for (const place of places) {
      expect(await failureOf(place)).toEqual({ code: 'file-not-regular', details: { name: path.basename(place) } })
    }
  })

  test('symbolic links are followed; a loop of them is unreadable', async () => {
    symlinkSync(file('target.txt', 'Reached.'), path.join(folder, 'link.txt'))
    expect((await read(path.join(folder, 'link.txt'))).segments.map((segment) => segment.text)).toEqual(['Reached.'])
    symlinkSync(path.join(folder, 'loop'), path.join(folder, 'loop'))
    expect(await failureOf(path.join(folder, 'loop'))).toMatchObject({ code: 'file-unreadable' })
  })

  test('a file outside what the process may read', async () => {
    const place = file('secret.txt', 'x')
    const withheld = createSpawn({ root, environment: process.env })
    const stream = readDocument(
      (kind, limits) => withheld(kind, { ...limits, readablePaths: [] }),
      place,
      new AbortController().signal,
    )
    const { ended } = await readToEnd(stream)
    expect(ended).toEqual({
      ok: false,
      failure: { code: 'file-unreadable', details: { name: 'secret.txt', reason: 'ERR_ACCESS_DENIED' } },
    })
  })

  test('a file whose mode forbids reading', async ({ skip }) => {
    if (process.getuid?.() === 0) skip('file modes do not bind root')
    const place = file('forbidden.txt', 'x')
    chmodSync(place, 0)
    expect(await failureOf(place)).toEqual({
      code: 'file-unreadable',
      details: { name: 'forbidden.txt', reason: 'EACCES' },
    })
  })

  test('empty, and only white space', async () => {
    expect(await failureOf(file('empty.pdf', ''))).toEqual({ code: 'file-empty', details: { name: 'empty.pdf' } })
    for (const blank of ['\n \n\t\n', '\ufeff', '```\n```\n']) {
      expect(await failureOf(file('blank.md', blank))).toEqual({ code: 'file-empty', details: { name: 'blank.md' } })
    }
  })
})

describe('sizes', () => {
  test('a sparse file of 2 GB is refused at once', async () => {
    const place = file('sparse.bin', '')
    truncateSync(place, 2 ** 31)
    expect(await failureOf(place)).toEqual({
      code: 'file-too-large',
      details: { name: 'sparse.bin', bytes: 2 ** 31, limitBytes: 2 ** 30 },
    })
  })

  test('a text of 200 MB is refused, sparse or not', async () => {
    const place = file('long.txt', 'A line of text that says very little.\n'.repeat(2000))
    const opening = readFileSync(place)
    for (let bytes = 0; bytes < 200_000_000; bytes += opening.length * 50)
      appendFileSync(place, Buffer.concat(Array.from({ length: 50 }, () => opening)))
    expect(await failureOf(place)).toMatchObject({ code: 'file-too-large', details: { limitBytes: 100_000_000 } })
    rmSync(place)
  })
})

describe('content decides, never the name', () => {
  test('a PDF named .txt and a text named .pdf are read as what they are', async () => {
    const pdf = await read(file('report.txt', await makePdf([['Truly a PDF.']])))
    expect([pdf.opened?.format, pdf.segments[0]?.text]).toEqual(['pdf', 'Truly a PDF.'])
    const text = await read(file('notes.pdf', 'Truly text.'))
    expect([text.opened?.format, text.segments[0]?.text]).toEqual(['text', 'Truly text.'])
  })

  test.each([
    ['program.pdf', Uint8Array.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xff, 0xff]), 'exe'],
    [
      'picture.txt',
      Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        'base64',
      ),
      'png',
    ],
    ['office.docx', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0, 0, 0]), 'cfb'],
    [
      'junk.txt',
      Uint8Array.from({ length: 4096 }, (_, index) => (index * 7919 + (index >> 3) * 104729) & 0xff),
      'binary',
    ],
    ['zeros.txt', new Uint8Array(5000), 'binary'],
  ])('%s is refused as %3$s', async (name, content, detected) => {
    expect(await failureOf(file(name, content))).toEqual({ code: 'format-unsupported', details: { name, detected } })
  })

  test('a page, RTF and the beginning of an archive under other names', async () => {
    const page = await read(file('page.docx', '<!DOCTYPE html><html><body>Hello</body></html>'))
    const letter = await read(file('letter.md', '{\\rtf1\\ansi Hello}'))
    expect([page.opened?.format, letter.opened?.format]).toEqual(['html', 'rtf'])
    const archive = file('archive.txt', Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 0, 0]))
    expect(await failureOf(archive)).toEqual({ code: 'document-corrupt', details: { name: 'archive.txt' } })
  })
})

describe('encodings', () => {
  const german = 'Die größten Häfen ließen über fünfzig Schiffe auslaufen. Später kehrten sie für die Nächte zurück.'
  const utf16le = Buffer.from(german, 'utf16le')

  test.each([
    ['UTF-8 with mark', Buffer.from(`\ufeff${german}`), german],
    ['UTF-16 LE with mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16le]), german],
    ['UTF-16 BE with mark', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16le).swap16()]), german],
    ['UTF-16 LE without mark', utf16le, german],
    ['UTF-16 BE without mark', Buffer.from(utf16le).swap16(), german],
    ['Latin-1', Buffer.from(german, 'latin1'), german],
    [
      'Latin-1 after 100 KB of ASCII',
      Buffer.concat([Buffer.from('Plain words.\n\n'.repeat(8000)), Buffer.from(german, 'latin1')]),
      german,
    ],
    ['UTF-8 cut inside a character', Buffer.from(`${german}ü`).subarray(0, -1), `${german}\ufffd`],
    [
      'a lone surrogate in UTF-8',
      Buffer.concat([Buffer.from('one '), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from(' two')]),
      'one \ufffd\ufffd\ufffd two',
    ],
    ['a lone surrogate in UTF-16', Buffer.from('\ufeffone \ud800 two', 'utf16le'), 'one \ufffd two'],
    ['right to left', Buffer.from('هذا نص عربي. \u202eabc\u202c'), 'هذا نص عربي. \u202eabc\u202c'],
    ['UTF-7 stays as it is written', Buffer.from('H+AOQ-fen und L+AOQ-rm'), 'H+AOQ-fen und L+AOQ-rm'],
  ])('%s', async (_, content, expected) => {
    const { segments, ended } = await read(file('encoded.txt', content))
    expect(ended).toEqual({ ok: true, value: undefined })
    expect(segments.at(-1)?.text).toBe(expected)
  })

  test('Russian and Japanese in the encodings of their time', async () => {
    const { default: iconv } = await import('iconv-lite')
    const russian = 'Порт закрыт до весны. Рыбаки ждут, пока лёд не сойдёт с реки, и чинят сети на берегу.'
    const japanese = '港は春まで閉鎖されています。漁師たちは氷が解けるのを待ちながら、浜で網を直しています。'
    for (const [text, encoding] of [
      [russian, 'windows-1251'],
      [russian, 'koi8-r'],
      [japanese, 'shift_jis'],
      [japanese, 'euc-jp'],
    ] as const) {
      const { segments } = await read(file(`${encoding}.txt`, iconv.encode(text.repeat(3), encoding)))
      expect(segments[0]?.text).toBe(text.repeat(3))
    }
  })
})

describe('a whole reading', () => {
  test('text: hash, lines, coverage', async () => {
    const content = 'First\r\nline.\r\n\r\nSecond.\r\n'
    const reading = await read(file('whole.txt', content))
    expect(reading.opened).toEqual({
      type: 'opened',
      name: 'whole.txt',
      sha256: createHash('sha256').update(content).digest('hex'),
      format: 'text',
      bytes: content.length,
    })
    expect(reading.segments).toEqual([
      { text: 'First\r\nline.', locator: { kind: 'lines', from: 1, to: 2 }, kind: 'paragraph' },
      { text: 'Second.', locator: { kind: 'lines', from: 4, to: 4 }, kind: 'paragraph' },
    ])
    expect(reading.coverage).toEqual({ unit: 'line', total: 4, read: 4, withoutText: [] })
    expect(reading.items.map((item) => item.type)).toEqual(['progress', 'opened', 'segments', 'progress', 'finished'])
    expect(reading.ended).toEqual({ ok: true, value: undefined })
  })

  test('the sample report: six pages, its headings, its table, every segment on its page', async () => {
    const reading = await read(path.join(root, 'resources', 'samples', 'harbour-report.pdf'))
    expect(reading.coverage).toEqual({ unit: 'page', total: 6, read: 6, withoutText: [] })
    expect(reading.title).toBe('The Thornmouth Flood Barrier: Report on the second year of works')
    const source = readFileSync(path.join(root, 'resources', 'samples', 'source', 'harbour-report.md'), 'utf8')
    const written = source.split('\n').filter((line) => /^[A-Z0-9]/.test(line) && !line.includes(': '))
    const texts = reading.segments.map((segment) => segment.text)
    for (const paragraph of written.filter((line) => !line.includes("'"))) expect(texts).toContain(paragraph)
    const headings = reading.segments.filter((segment) => segment.kind === 'heading').map((segment) => segment.text)
    expect(headings).toEqual([
      'The Thornmouth Flood Barrier',
      'Report of the Harbour Board on the second year of works',
      ...[...source.matchAll(/^## (.*)$/gm)].map((match) => match[1]),
    ])
    expect(
      reading.segments.filter((segment) => segment.kind === 'table').map((segment) => segment.text.split('\n').length),
    ).toEqual([8])
    expect(reading.segments.filter((segment) => segment.kind === 'list-item')).toHaveLength(14)
    expect(texts.filter((text) => text.startsWith('The Thornmouth Flood Barrier: Report'))).toHaveLength(1)
  })

  test('the sample notes: Markdown with its title', async () => {
    const reading = await read(path.join(root, 'resources', 'samples', 'meeting-notes.md'))
    expect([reading.opened?.format, reading.title]).toEqual(['markdown', 'Harbour festival, planning meeting'])
    const lines = readFileSync(path.join(root, 'resources', 'samples', 'meeting-notes.md'), 'utf8').split('\n')
    for (const { text, locator } of reading.segments) {
      expect(locator.kind === 'lines' && lines.slice(locator.from - 1, locator.to).join('\n')).toContain(text)
    }
  })
})

describe('PDF', () => {
  test('labels, and pages without text counted', async () => {
    const place = file('labels.pdf', await makePdf([['Preface here.'], [], ['Chapter one.']], ['i', 'ii', '1']))
    const { segments, coverage } = await read(place)
    expect(segments).toEqual([
      { text: 'Preface here.', locator: { kind: 'page', page: 1, label: 'i', start: 0, end: 13 }, kind: 'paragraph' },
      { text: 'Chapter one.', locator: { kind: 'page', page: 3, label: '1', start: 0, end: 12 }, kind: 'paragraph' },
    ])
    expect(coverage).toEqual({ unit: 'page', total: 3, read: 3, withoutText: [2] })
  })

  test('a scan has no text', async () => {
    expect(await failureOf(file('scan.pdf', await makePdf([[], []])))).toEqual({
      code: 'document-without-text',
      details: { name: 'scan.pdf', unit: 'page', total: 2 },
    })
  })

  test('a scan with a stamp on every page has the stamp once and counts the other pages', async () => {
    const { segments, coverage } = await read(
      file('stamped.pdf', await makePdf([['Archive 7, sheet 1'], ['Archive 7, sheet 2']])),
    )
    expect(segments.map((segment) => segment.text)).toEqual(['Archive 7, sheet 1'])
    expect(coverage).toEqual({ unit: 'page', total: 2, read: 2, withoutText: [2] })
  })

  test('a password to open it refuses, one only for changes does not', async () => {
    expect(await failureOf(path.join(fixtures, 'password-aes256.pdf'))).toEqual({
      code: 'document-encrypted',
      details: { name: 'password-aes256.pdf' },
    })
    const { segments } = await read(path.join(fixtures, 'owner-password-only.pdf'))
    expect(segments.map((segment) => segment.text)).toEqual(['This note can be read only with its password.'])
  })

  test('too many characters or pages', async () => {
    const place = file('big.pdf', await makePdf([['Word '.repeat(15)], ['More '.repeat(15)]]))
    const limits = { fileBytes: 1e9, textBytes: 1e8, pages: 10, characters: 100 }
    const expected = { code: 'document-too-long', details: { name: 'big.pdf', limitCharacters: 100 } }
    expect(await failureOf(place, { limits })).toEqual(expected)
    expect(await failureOf(place, { limits: { ...limits, pages: 1 } })).toEqual(expected)
  })

  test.each([10, 20, 30, 40, 50, 60, 70, 80, 90])(
    'cut off at %i %%: read in part or refused, never more',
    async (percent) => {
      const whole = await makePdf(Array.from({ length: 8 }, (_, page) => [`This is page ${page + 1} of eight.`]))
      const sample = readFileSync(path.join(root, 'resources', 'samples', 'harbour-report.pdf'))
      for (const bytes of [whole, sample]) {
        const { ended, coverage } = await read(file('cut.pdf', bytes.subarray(0, (bytes.length * percent) / 100)))
        if (ended.ok) expect(coverage?.read).toBe(coverage?.total)
        else expect(['document-corrupt', 'document-without-text']).toContain(ended.failure.code)
      }
    },
  )

  const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>'
  test.each([
    ['nothing behind the header', '%PDF-1.7\n'],
    ['only junk behind the header', `%PDF-1.7\n${'\x80\x81 obj endobj stream '.repeat(500)}`],
    [
      'a page tree that holds itself',
      rawPdf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>']),
    ],
    [
      'a count of two billion pages',
      rawPdf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>', page]),
    ],
    [
      'a page tree a thousand deep',
      rawPdf([
        '<< /Type /Catalog /Pages 2 0 R >>',
        ...Array.from({ length: 1000 }, (_, index) => `<< /Type /Pages /Kids [${index + 3} 0 R] /Count 1 >>`),
        page,
      ]),
    ],
    [
      'a cross-reference that points to itself',
      rawPdf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', page], '/Prev 190'),
    ],
    [
      'huge pages',
      rawPdf([
        '<< /Type /Catalog /Pages 2 0 R >>',
        '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        page.replace('9 9', '1e30 1e30'),
      ]),
    ],
  ])('%s ends with a code', async (_, text) => {
    const failure = await failureOf(file('hostile.pdf', Buffer.from(text, 'latin1')))
    expect(['document-corrupt', 'document-without-text', 'document-too-long']).toContain(failure?.code)
  })
})
