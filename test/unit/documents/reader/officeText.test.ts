// What Word and OpenDocument can do to a text, one thing at a time, in documents made for it.
import { describe, expect, test } from 'vitest'
import { docxEntries, makeZip, paragraph, type ZipEntry } from '../../../fixtures/documents/makeZip.ts'
import { readInProcess } from '../../../fixtures/documents/readInProcess.ts'

type Read = { readonly lines: readonly string[]; readonly leftOut: readonly string[] }

async function read(entries: readonly ZipEntry[]): Promise<Read> {
  const { last, segments } = await readInProcess(makeZip(entries), 'a.bin')
  const leftOut = last?.type === 'finished' ? (last.coverage.leftOut ?? []) : [JSON.stringify(last)]
  return { lines: segments.map(({ kind, text }) => `${kind ?? ''}: ${text}`), leftOut }
}

function word(body: string): Promise<Read> {
  return read(docxEntries(body))
}

describe('Word', () => {
  test('insertions are read, deletions are not, and a deleted paragraph mark joins two paragraphs', async () => {
    const change = 'w:id="1" w:author="a"'
    const body =
      `<w:p><w:r><w:t>Kept </w:t></w:r><w:ins ${change}><w:r><w:t>added</w:t></w:r></w:ins>` +
      `<w:del ${change}><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>` +
      `<w:p><w:pPr><w:rPr><w:del ${change}/></w:rPr></w:pPr><w:r><w:t>One </w:t></w:r></w:p>${paragraph('two.')}` +
      `<w:tbl><w:tr><w:trPr><w:del ${change}/></w:trPr><w:tc>${paragraph('old')}</w:tc></w:tr>` +
      `<w:tr><w:tc>${paragraph('new')}</w:tc></w:tr></w:tbl>`
    expect(await word(body)).toEqual({
      lines: ['paragraph: Kept added', 'paragraph: One two.', 'table: new'],
      leftOut: ['deletions'],
    })
  })

  test('hidden text, field codes, and embedded objects are left out; their results are read', async () => {
    const body =
      '<w:p><w:r><w:t>See </w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>' +
      '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>page </w:t></w:r>' +
      '<w:r><w:fldChar/><w:instrText>PAGEREF x</w:instrText></w:r><w:r><w:t>7</w:t></w:r>' +
      '<w:r><w:object><w:t>blob</w:t></w:object></w:r></w:p>'
    expect(await word(body)).toEqual({ lines: ['paragraph: See page 7'], leftOut: ['hidden-text', 'embedded'] })
  })

  test('a text box stands after its paragraph, once; a table in a cell is part of the cell', async () => {
    const box = `<w:txbxContent>${paragraph('In the box.')}</w:txbxContent>`
    const body =
      '<w:p><w:r><w:t>Anchor.</w:t></w:r><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">' +
      `<mc:Choice Requires="wps">${box}</mc:Choice><mc:Fallback>${box}</mc:Fallback></mc:AlternateContent></w:r></w:p>` +
      `<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>${paragraph('Wide')}</w:tc><w:tc>${paragraph('c')}</w:tc></w:tr>` +
      `<w:tr><w:tc><w:tbl><w:tr><w:tc>${paragraph('in')}</w:tc><w:tc>${paragraph('ner')}</w:tc></w:tr></w:tbl>${paragraph('')}</w:tc>` +
      `<w:tc>${paragraph('b\tb')}</w:tc></w:tr></w:tbl>`
    expect((await word(body)).lines).toEqual([
      'paragraph: Anchor.',
      'paragraph: In the box.',
      'table: Wide\t\tc\nin ner\tb b',
    ])
  })

  test('signs of symbol fonts become what they look like, or nothing', async () => {
    const sign = (font: string, code: string) => `<w:r><w:sym w:font="${font}" w:char="${code}"/></w:r>`
    const body = `<w:p>${sign('Symbol', 'F0B3')}${sign('Wingdings', 'F0FC')}${sign('Webdings', 'F041')}${sign('Arial', '2022')}</w:p>`
    expect((await word(body)).lines).toEqual(['paragraph: ≥✓•'])
  })

  test('a document without text is empty', async () => {
    expect((await word('<w:p/>')).leftOut).toEqual([
      JSON.stringify({ type: 'failed', failure: { code: 'file-empty', details: { name: 'a.bin' } } }),
    ])
  })
})

const office = ['office', 'text', 'table', 'style'].map(
  (name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`,
)

function openDocument(kind: string, body: string, styles = ''): readonly ZipEntry[] {
  return [
    { name: 'mimetype', content: `application/vnd.oasis.opendocument.${kind}`, stored: true },
    {
      name: 'content.xml',
      content:
        `<office:document-content ${office.join(' ')} xmlns:dc="http://purl.org/dc/elements/1.1/">` +
        `<office:automatic-styles>${styles}</office:automatic-styles><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`,
    },
  ]
}

describe('OpenDocument', () => {
  test('notes, comments, spaces, hidden and deleted text', async () => {
    const styles =
      '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
    const body =
      '<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>' +
      '<text:p>A<text:s text:c="3"/>b<text:span text:style-name="H">secret</text:span><text:change/>' +
      '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Note.</text:p></text:note-body></text:note>' +
      '<office:annotation><dc:creator>Joan</dc:creator><dc:date>2026</dc:date><text:p>Why?</text:p></office:annotation> end.</text:p>'
    expect(await read(openDocument('text', body, styles))).toEqual({
      lines: ['paragraph: A b[1] end.', 'paragraph: [1] Note.', 'paragraph: [Joan: Why?]'],
      leftOut: ['hidden-text', 'deletions'],
    })
  })

  test('cells and rows repeated to the edge of the sheet are bounded by what is there', async () => {
    const cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    const edge = '<table:table-cell table:number-columns-repeated="16384"/>'
    const many = cell.replace('<table:table-cell', '<table:table-cell table:number-columns-repeated="900000"')
    const row = (content: string, times: number) =>
      `<table:table-row table:number-rows-repeated="${times}">${content}</table:table-row>`
    const body = `<table:table table:name="S">${row(cell + edge, 1)}${row(edge, 1_048_000)}${row(many, 1_000_000)}</table:table>`
    const { last, segments } = await readInProcess(makeZip(openDocument('spreadsheet', body)), 'a.ods')
    expect(segments[0]).toEqual({ text: 'x', locator: { kind: 'cells', sheet: 'S', range: 'A1' }, kind: 'table' })
    expect(segments.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(25_000)
    expect(last).toMatchObject({ type: 'finished', coverage: { unit: 'sheet', total: 1, leftOut: ['rest'] } })
  })

  test('comments of a sheet follow the rows they hang on, with their own cell', async () => {
    const note = (author: string, text: string) =>
      `<office:annotation office:display="true">${author === '' ? '' : `<dc:creator>${author}</dc:creator>`}` +
      `<dc:date>2026-01-01</dc:date><text:p>${text}<text:span> it</text:span></text:p><text:p>Soon.</text:p></office:annotation>`
    const cell = (text: string, inner = '', times = 1) =>
      `<table:table-cell table:number-columns-repeated="${times}" office:value-type="string">${inner}<text:p>${text}</text:p></table:table-cell>`
    const bare = (inner: string) => `<table:table-cell>${inner}</table:table-cell>`
    const row = (content: string) => `<table:table-row>${content}</table:table-row>`
    const body =
      '<table:tracked-changes><table:deletion><table:table-cell><office:annotation><text:p>gone</text:p></office:annotation></table:table-cell></table:deletion></table:tracked-changes>' +
      `<table:table table:name="S">${row(cell('a') + cell('b', note('Ada', 'Check'), 2))}${row(cell('c'))}` +
      `${row(bare(note('', 'Alone')))}${row(cell('d'))}${row(bare('<office:annotation><text:p> </text:p></office:annotation>'))}</table:table>`
    const { segments } = await readInProcess(makeZip(openDocument('spreadsheet', body)), 'a.ods')
    expect(segments.map(({ text, locator }) => [locator.kind === 'cells' ? locator.range : '', text])).toEqual([
      ['A1:C2', 'a\tb\tb\nc'],
      ['B1', '[Ada: Check it\nSoon.]'],
      ['A3', '[Alone it\nSoon.]'],
      ['A4', 'd'],
    ])
  })
})
