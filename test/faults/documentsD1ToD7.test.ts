// Rows D1 to D7, D9 for packages and D12 of the fixture list: hostile archives through the real reader, each ends with a code.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readDocument } from '../../main/documents/readerClient.ts'
import { createSpawn } from '../../main/hosts/node/spawnChild.ts'
import type { Failure } from '../../preload/contract/failures.ts'
import { docxEntries, makeZip, paragraph, type ZipEntry } from '../fixtures/documents/makeZip.ts'
import { readInProcess } from '../fixtures/documents/readInProcess.ts'
import { readToEnd, type WholeReading } from '../fixtures/documents/readToEnd.ts'

const root = path.resolve(import.meta.dirname, '..', '..')
const fixtures = path.join(root, 'test', 'fixtures', 'documents', 'office')
const folder = mkdtempSync(path.join(os.tmpdir(), 'sotto-archives-')) // removed in `afterAll`
const spawn = createSpawn({ root, environment: process.env })

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function read(bytes: Uint8Array, name = 'a.docx'): Promise<WholeReading> {
  const file = path.join(folder, name)
  writeFileSync(file, bytes)
  // A quarter of what a reader may take in all: what is refused is refused long before.
  return readToEnd(readDocument(spawn, file, new AbortController().signal, { memoryMegabytes: 512 }))
}

async function failureOf(entries: readonly ZipEntry[], name = 'a.docx'): Promise<Failure | null> {
  const { ended } = await read(makeZip(entries), name)
  return ended.ok ? null : ended.failure
}

function unsafe(reason: Extract<Failure, { code: 'document-unsafe' }>['details']['reason']): Failure {
  return { code: 'document-unsafe', details: { name: 'a.docx', reason } }
}

/** A document whose main part has this content; everything else about it is sound. */
function withMain(change: Partial<ZipEntry>): readonly ZipEntry[] {
  return docxEntries(paragraph('x')).map((entry) =>
    entry.name === 'word/document.xml' ? { ...entry, ...change } : entry,
  )
}

describe('D1 bombs', () => {
  test('a part that unpacks to a thousand times its size', async () => {
    expect(await failureOf(withMain({ content: `<a>${' '.repeat(60_000_000)}</a>` }))).toEqual(unsafe('ratio'))
  })

  test('parts of more than 200 MB, whatever their ratio', async () => {
    expect(await failureOf(withMain({ declaredBytes: 200_000_001 }))).toEqual(unsafe('size'))
  })

  test('a bomb in a part that is no part of the text is never unpacked', async () => {
    const entries = [
      ...docxEntries(paragraph('Read.')),
      { name: 'word/media/a.bin', content: Buffer.alloc(50_000_000) },
    ]
    expect((await read(makeZip(entries))).segments.map(({ text }) => text)).toEqual(['Read.'])
  })
})

test('D2 sizes that are not true, larger and smaller, and a wrong checksum', async () => {
  expect(await failureOf(withMain({ declaredBytes: 20 }))).toEqual(unsafe('sizes'))
  expect(await failureOf(withMain({ declaredBytes: 4000 }))).toEqual(unsafe('sizes'))
  expect(await failureOf(withMain({ declaredCrc: 1 }))).toMatchObject({ code: 'document-corrupt' })
})

test('D3 more than ten thousand entries', async () => {
  const many = Array.from({ length: 20_000 }, (_, at) => ({ name: `word/media/${at}`, content: '', stored: true }))
  expect(await failureOf([...docxEntries(paragraph('x')), ...many])).toEqual(unsafe('entries'))
})

test('D4 a zip in a zip is no document, and one inside a document stays closed', async () => {
  const inner = makeZip(docxEntries(paragraph('Inside.')))
  expect(await failureOf([{ name: 'a.docx', content: inner }], 'outer.zip')).toEqual({
    code: 'format-unsupported',
    details: { name: 'outer.zip', detected: 'zip' },
  })
  const around = makeZip([...docxEntries(paragraph('Around.')), { name: 'word/embeddings/a.docx', content: inner }])
  expect((await read(around)).segments.map(({ text }) => text)).toEqual(['Around.'])
})

describe('D5 names', () => {
  test.each(['../../outside.txt', '/etc/outside.txt', 'word/../../a', 'C:/a', 'word\\..\\..\\a', 'a\0b', ''])(
    '%j',
    async (name) => {
      expect(await failureOf([...docxEntries(paragraph('x')), { name, content: 'x' }])).toEqual(unsafe('names'))
    },
  )

  test('twice the same, and a symbolic link', async () => {
    const again = { name: 'word/document.xml', content: 'x' }
    expect(await failureOf([...docxEntries(paragraph('x')), again])).toEqual(unsafe('names'))
    const link = { name: 'word/link.xml', content: '/etc/passwd', mode: 0o120777 }
    expect(await failureOf([...docxEntries(paragraph('x')), link])).toEqual(unsafe('names'))
  })
})

describe('D6 what XML can be told to do', () => {
  const laughs = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('')
  test.each([
    ['a file from outside', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>', paragraph('&x;')],
    ['a billion laughs', `<!DOCTYPE a [<!ENTITY l0 "ha">${laughs}]>`, paragraph('&l9;')],
    ['a document type alone', '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">', paragraph('x')],
  ])('%s', async (_, prologue, body) => {
    expect(await failureOf(docxEntries(body, prologue))).toEqual(unsafe('declaration'))
  })

  test('an entity nobody declared, nesting without end, text that is no XML', async () => {
    expect(await failureOf(docxEntries(paragraph('&x;')))).toMatchObject({ code: 'document-corrupt' })
    const deep = `${'<w:tbl><w:tr><w:tc>'.repeat(3000)}${'</w:tc></w:tr></w:tbl>'.repeat(3000)}`
    expect(await failureOf(docxEntries(deep))).toEqual(unsafe('depth'))
    expect(await failureOf(withMain({ content: 'no XML' }))).toMatchObject({ code: 'document-corrupt' })
  })

  test('declarations in a page of a book', async () => {
    const page = '<!DOCTYPE html [<!ENTITY x "y">]><html><body><p>&x;</p></body></html>'
    expect(await failureOf(book({ page }), 'a.epub')).toMatchObject({ details: { reason: 'declaration' } })
  })
})

describe('D7 under a password', () => {
  test.each([true, 'strong'] as const)('an archive with an encrypted part: %s', async (encrypted) => {
    expect(await failureOf(withMain({ encrypted }))).toEqual({
      code: 'document-encrypted',
      details: { name: 'a.docx' },
    })
  })

  test('what Office makes of a document under a password, and its formats before 2007', async () => {
    const codes = []
    for (const stream of ['EncryptedPackage', 'WordDocument', 'Workbook', 'PowerPoint Document', 'Other']) {
      const { ended } = await read(compoundFile(stream))
      codes.push(ended.ok ? null : ended.failure)
    }
    const legacy = (detected: string, modern: string) => ({
      code: 'document-legacy',
      details: { name: 'a.docx', detected, modern },
    })
    expect(codes).toEqual([
      { code: 'document-encrypted', details: { name: 'a.docx' } },
      legacy('doc', 'docx'),
      legacy('xls', 'xlsx'),
      legacy('ppt', 'pptx'),
      { code: 'format-unsupported', details: { name: 'a.docx', detected: 'cfb' } },
    ])
  })

  test('OpenDocument under a password, and a book with copy protection', async () => {
    const manifest = 'urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'
    const odt = [
      { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text', stored: true },
      {
        name: 'META-INF/manifest.xml',
        content: `<m:manifest xmlns:m="${manifest}"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>`,
      },
      { name: 'content.xml', content: 'scrambled' },
    ]
    expect(await failureOf(odt, 'a.odt')).toEqual({ code: 'document-encrypted', details: { name: 'a.odt' } })
    const encryption =
      '<e xmlns:x="http://www.w3.org/2001/04/xmlenc#"><x:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></e>'
    expect(await failureOf(book({ encryption }), 'a.epub')).toEqual({
      code: 'document-protected',
      details: { name: 'a.epub' },
    })
    const fonts = encryption.replace(
      'http://www.w3.org/2001/04/xmlenc#aes128-cbc',
      'http://www.idpf.org/2008/embedding',
    )
    expect(await failureOf(book({ encryption: fonts }), 'a.epub')).toBeNull()
  })
})

test('D9 a document cut off at every tenth of its length', async () => {
  for (const name of ['word-notes.docx', 'libreoffice.ods', 'pandoc.epub', 'pptxgenjs.pptx']) {
    const whole = readFileSync(path.join(fixtures, name))
    for (let tenth = 1; tenth < 10; tenth += 1) {
      const { last } = await readInProcess(whole.subarray(0, Math.floor((whole.length * tenth) / 10)), name)
      expect(last).toEqual({ type: 'failed', failure: { code: 'document-corrupt', details: { name } } })
    }
  }
})

test('D12 templates, pictures and links outside the document are left alone', async () => {
  const canary = path.join(folder, 'canary.xml')
  writeFileSync(canary, '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>')
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const relations = [
    ['attachedTemplate', 'http://127.0.0.1:9/template.dotm', ' TargetMode="External"'],
    ['image', `file://${canary}`, ' TargetMode="External"'],
    ['styles', `file://${canary}`, ''],
    ['numbering', '../../../../../../etc/passwd', ''],
    ['footnotes', '//127.0.0.1/share/notes.xml', ''],
  ].map(([kind, target, mode], at) => `<Relationship Id="x${at}" Type="${type}/${kind}" Target="${target}"${mode}/>`)
  const rels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relations.join('')}</Relationships>`
  const entries = [...docxEntries(paragraph('Alone.')), { name: 'word/_rels/document.xml.rels', content: rels }]
  const reading = await read(makeZip(entries))
  expect([reading.ended.ok, reading.segments.map(({ text }) => text)]).toEqual([true, ['Alone.']])
  expect(existsSync(canary)).toBe(true)
})

/** A book of one page. */
function book({ page = '<html><body><p>Text.</p></body></html>', encryption = '' }): readonly ZipEntry[] {
  return [
    { name: 'mimetype', content: 'application/epub+zip', stored: true },
    {
      name: 'META-INF/container.xml',
      content: '<c xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfile full-path="book.opf"/></c>',
    },
    ...(encryption === '' ? [] : [{ name: 'META-INF/encryption.xml', content: encryption }]),
    {
      name: 'book.opf',
      content:
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml" ' +
        'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>',
    },
    { name: 'a.xhtml', content: page },
  ]
}

/** The smallest compound file with one stream in its directory. */
function compoundFile(stream: string): Buffer {
  const file = Buffer.alloc(512 * 3)
  file.write('d0cf11e0a1b11ae1', 'hex')
  file.writeUInt16LE(9, 30)
  file.writeUInt32LE(1, 48)
  file.fill(0xff, 76, 512)
  file.writeUInt32LE(0, 76)
  file.writeUInt32LE(0xffff_fffd, 512)
  file.writeUInt32LE(0xffff_fffe, 516)
  for (const [at, name] of ['Root Entry', stream].entries()) {
    file.write(name, 1024 + 128 * at, 'utf16le')
    file.writeUInt16LE(2 * (name.length + 1), 1024 + 128 * at + 64)
  }
  return file
}
