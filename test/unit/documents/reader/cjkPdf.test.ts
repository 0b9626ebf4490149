// PDFs that only name their encoding, as most older ones of East Asia do: every writing, across and downwards.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { CMAP_FOLDER, CmapFiles } from '../../../../main/documents/reader/pdfCmaps.ts'
import { cjkSamples } from '../../../fixtures/documents/cjkSamples.ts'
import { makeCjkPdf } from '../../../fixtures/documents/makeCjkPdf.ts'
import { rawPdf } from '../../../fixtures/documents/makePdf.ts'
import { readInProcess } from '../../../fixtures/documents/readInProcess.ts'

async function textsOf(pdf: string): Promise<readonly string[]> {
  const { segments } = await readInProcess(Buffer.from(pdf, 'latin1'), 'a.pdf')
  return segments.map(({ text }) => text)
}

describe.each(cjkSamples)('$lines.0', ({ lines, encodings }) => {
  test.each(encodings)('$cmap', async (encoding) => {
    expect(await textsOf(makeCjkPdf(encoding, lines))).toEqual(lines)
  })
})

test('a page turned on its side keeps its columns from the right', async () => {
  const [sample] = cjkSamples
  const pdf = makeCjkPdf({ cmap: 'UniGB-UCS2-V', ordering: 'GB1', bytes: 'utf-16be' }, sample?.lines ?? [])
  expect(await textsOf(pdf.replace('/MediaBox', '/Rotate 90  /MediaBox'))).toEqual(sample?.lines)
})

test('an encoding nobody knows is one font less, and reaches no file', async () => {
  const pdf = makeCjkPdf({ cmap: '..#2F..#2Fpackage', ordering: 'GB1', bytes: 'utf-16be' }, ['港口'])
  const { last } = await readInProcess(Buffer.from(pdf, 'latin1'), 'a.pdf')
  expect(last).toMatchObject({ type: 'failed', failure: { code: 'document-without-text' } })
})

test('a page count below nothing is damage', async () => {
  const pdf = makeCjkPdf({ cmap: 'GBK-EUC-H', ordering: 'GB1', bytes: 'gbk' }, ['港口'])
  const { last } = await readInProcess(Buffer.from(pdf.replace('/Count 1', '/Count -1'), 'latin1'), 'a.pdf')
  expect(last).toEqual({ type: 'failed', failure: { code: 'document-corrupt', details: { name: 'a.pdf' } } })
})

test('tables come from our own hands, wherever pdfjs believes it runs', async () => {
  const asked = vi.spyOn(CmapFiles.prototype, 'fetch')
  await textsOf(makeCjkPdf({ cmap: '90ms-RKSJ-V', ordering: 'Japan1', bytes: 'shift_jis' }, ['岸壁']))
  const names = asked.mock.calls.map(([{ filename }]) => filename)
  asked.mockRestore()
  // The vertical table stands on the one across, and what the characters mean is in a third.
  expect(names).toEqual(['90ms-RKSJ-V.bcmap', '90ms-RKSJ-H.bcmap', 'Adobe-Japan1-UCS2.bcmap'])
})

test('tables are all that is handed out', async () => {
  const files = new CmapFiles()
  const table = await files.fetch({ kind: 'cMapUrl', filename: 'GBK-EUC-H.bcmap' })
  expect(Buffer.from(table).equals(readFileSync(path.join(CMAP_FOLDER, 'GBK-EUC-H.bcmap')))).toBe(true)
  for (const filename of ['../cmaps/GBK-EUC-H.bcmap', 'LICENSE', '/etc/hosts', 'GBK-EUC-H.bcmap\0']) {
    await expect(files.fetch({ kind: 'cMapUrl', filename })).rejects.toThrow('no such data is kept')
  }
  for (const kind of ['standardFontDataUrl', 'wasmUrl']) {
    await expect(files.fetch({ kind, filename: 'GBK-EUC-H.bcmap' })).rejects.toThrow('no such data is kept')
  }
})

test('every table that another one stands on is there', () => {
  const names = new Set(readdirSync(CMAP_FOLDER).map((file) => file.replace(/\.bcmap$/, '')))
  for (const ordering of ['GB1', 'CNS1', 'Japan1', 'Korea1']) expect(names).toContain(`Adobe-${ordering}-UCS2`)
  const vertical = [...names].filter((name) => name.endsWith('-V'))
  expect(vertical.filter((name) => !names.has(name.replace(/-V$/, '-H')) && !/Pro-/.test(name))).toEqual([])
})

test('a text that runs downwards is set upright: signs of vertical writing as those across', async () => {
  const map = Buffer.from(
    '/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 4 beginbfchar <0001> <FE12> <0002> <FE19> <0003> <FE35> <0004> <FE16> endbfchar endcmap end',
    'latin1',
  )
  const content = 'BT /F1 12 Tf 1 0 0 1 500 780 Tm <0003000200040001> Tj ET'
  const pdf = rawPdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents [4 0 R 8 0 R] /Resources << /Font << /F1 5 0 R /F2 9 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /S /Encoding /Identity-V /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /S /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 10 0 R /DW 1000 >>',
    `<< /Length ${map.length} >>\nstream\n${map.toString('latin1')}\nendstream`,
    '<< /Length 42 >>\nstream\nBT /F2 12 Tf 1 0 0 1 72 60 Tm (Page A) Tj ET\nendstream',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    '<< /Type /FontDescriptor /FontName /S /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>',
  ])
  expect(await textsOf(pdf)).toEqual(['Page A', '（…？。'])
})
