// Every document that comes along is there and is as long as its card says.
import path from 'node:path'
import { expect, test } from 'vitest'
import { readDocumentFile } from '../../../main/documents/reader/readDocumentFile.ts'
import { readSamples } from '../../../main/documents/samples.ts'

const folder = path.resolve(import.meta.dirname, '..', '..', '..', 'resources', 'samples')
const limits = { fileBytes: 1_000_000, textBytes: 1_000_000, pages: 100, characters: 1_000_000 }

test('the report comes first, with absolute paths', async () => {
  expect((await readSamples(folder)).map(({ name, path: place }) => [name, place])).toEqual([
    ['harbour-report.pdf', path.join(folder, 'harbour-report.pdf')],
    ['meeting-notes.md', path.join(folder, 'meeting-notes.md')],
  ])
})

test('each has the title and length it is listed with', async () => {
  for (const sample of await readSamples(folder)) {
    const read: unknown[] = []
    for await (const message of readDocumentFile({ kind: 'path', path: sample.path }, limits, () =>
      Promise.reject(new Error('no upload')),
    )) {
      if (message.type === 'finished') read.push([message.coverage.unit, message.coverage.total, message.title])
    }
    expect(read).toEqual([[sample.unit, sample.units, sample.title]])
  }
})
