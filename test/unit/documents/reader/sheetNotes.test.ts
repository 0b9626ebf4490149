// Notes, threads of comments and text boxes of an Excel workbook made for it.
import { expect, test } from 'vitest'
import { makeZip, type ZipEntry } from '../../../fixtures/documents/makeZip.ts'
import { readInProcess } from '../../../fixtures/documents/readInProcess.ts'

const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const threaded = 'xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"'
const drawing =
  'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" ' +
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'

function relations(part: string, targets: Readonly<Record<string, string>>): ZipEntry {
  const at = part.lastIndexOf('/') + 1
  const each = Object.entries(targets).map(
    ([target, type], index) => `<Relationship Id="r${index + 1}" Type="${relation}/${type}" Target="/${target}"/>`,
  )
  return {
    name: `${part.slice(0, at)}_rels/${part.slice(at)}.rels`,
    content: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each.join('')}</Relationships>`,
  }
}

function row(number: number, text: string): string {
  return `<row r="${number}"><c r="B${number}" t="inlineStr"><is><t>${text}</t></is></c></row>`
}

function box(at: number, text: string): string {
  const shape = `<xdr:sp><xdr:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p><a:p><a:r><a:t>more</a:t></a:r></a:p></xdr:txBody></xdr:sp>`
  const corner = (name: string, place: number) =>
    `<xdr:${name}><xdr:col>${place}</xdr:col><xdr:row>${place}</xdr:row></xdr:${name}>`
  return `<xdr:twoCellAnchor>${corner('from', at)}${corner('to', at + 3)}${shape}</xdr:twoCellAnchor>`
}

const workbook: readonly ZipEntry[] = [
  {
    name: '[Content_Types].xml',
    content:
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ' +
      'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
  },
  relations('', { 'xl/workbook.xml': 'officeDocument' }),
  {
    name: 'xl/workbook.xml',
    content: `<workbook ${main} xmlns:r="${relation}"><sheets><sheet name="Costs" r:id="r1"/></sheets></workbook>`,
  },
  relations('xl/workbook.xml', { 'xl/sheet1.xml': 'worksheet', 'xl/persons.xml': 'person' }),
  { name: 'xl/persons.xml', content: `<personList ${threaded}><person id="p" displayName="Joan"/></personList>` },
  {
    name: 'xl/sheet1.xml',
    content: `<worksheet ${main}><sheetData>${row(1, 'Quay')}${row(2, 'Piles')}${row(9, 'Deck')}</sheetData></worksheet>`,
  },
  relations('xl/sheet1.xml', {
    'xl/comments1.xml': 'comments',
    'xl/thread1.xml': 'threadedComment',
    'xl/drawing1.xml': 'drawing',
  }),
  {
    name: 'xl/comments1.xml',
    content:
      `<comments ${main}><authors><author>Ada</author><author>tc={1}</author></authors><commentList>` +
      '<comment ref="B2" authorId="0"><text><r><t>Ada:</t></r><r><t xml:space="preserve">\nOak.</t></r></text></comment>' +
      '<comment ref="B9" authorId="1"><text><t>[Threaded comment] Get a newer version.</t></text></comment>' +
      '<comment ref="nowhere" authorId="0"><text><t>x</t></text></comment>' +
      '<comment ref="C20" authorId="0"><text><t>Below all rows.</t></text></comment></commentList></comments>',
  },
  {
    name: 'xl/thread1.xml',
    content:
      `<ThreadedComments ${threaded}><threadedComment ref="B9" personId="p" id="1"><text>Too dear?</text></threadedComment>` +
      '<threadedComment ref="B9" personId="x" id="2" parentId="1"><text>No.</text></threadedComment></ThreadedComments>',
  },
  { name: 'xl/drawing1.xml', content: `<xdr:wsDr ${drawing}>${box(4, 'In a box.')}</xdr:wsDr>` },
]

test('what stands beside the cells follows the rows it hangs on, with its own cell', async () => {
  const { last, segments } = await readInProcess(makeZip(workbook), 'a.xlsx')
  const lines = segments.map(({ text, kind, locator }) => [
    locator.kind === 'cells' ? locator.range : '',
    `${kind ?? ''}: ${text}`,
  ])
  expect(lines).toEqual([
    ['B1:B2', 'table: Quay\nPiles'],
    ['B2', 'paragraph: [Ada:\nOak.]'],
    ['E5', 'paragraph: In a box.\nmore'],
    ['B9', 'table: Deck'],
    ['B9', 'paragraph: [Joan: Too dear?]'],
    ['B9', 'paragraph: [No.]'],
    ['C20', 'paragraph: [Ada: Below all rows.]'],
  ])
  expect(last).toMatchObject({
    type: 'finished',
    coverage: { unit: 'sheet', total: 1, read: 1, withoutText: [], places: [{ kind: 'cells', sheet: 'Costs' }] },
  })
})
