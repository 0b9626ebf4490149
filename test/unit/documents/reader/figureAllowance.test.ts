// What charts and diagrams unpack to is not taken from what the text may unpack to.
import { expect, test } from 'vitest'
import { openArchive } from '../../../../main/documents/reader/archive/openArchive.ts'
import { Refusal } from '../../../../main/documents/reader/archive/refusal.ts'
import { Package } from '../../../../main/documents/reader/office/package.ts'
import { readerDefaults } from '../../../../main/documents/readerClient.ts'
import { XmlValues } from '../../../../main/documents/logic/office/xmlValues.ts'
import { makeZip } from '../../../fixtures/documents/makeZip.ts'

const name = 'a.docx'
const part = `<a>${'.'.repeat(2000)}</a>`

test('a part read as a figure leaves the allowance of the text whole', async () => {
  const bytes = makeZip([{ name: 'part.xml', content: part }])
  const source = {
    size: bytes.length,
    failure: null,
    read: async (at: number, length: number) => bytes.subarray(at, at + length),
  }
  const archive = await openArchive(source, name)
  const document = new Package(archive.beside(3000), { name, limits: readerDefaults.limits })
  await document.takeFigure('part.xml', new XmlValues())
  await document.takeFigure('part.xml', new XmlValues())
  await document.take('part.xml', new XmlValues())
  const refused = await document.take('part.xml', new XmlValues()).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(Refusal)
  expect(refused).toMatchObject({ failure: { code: 'document-unsafe', details: { name, reason: 'size' } } })
  archive.close()
})
