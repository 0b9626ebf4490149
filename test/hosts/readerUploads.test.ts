// The reader process on bytes from memory: the same answer as for the same file on disk, and nothing readable to it.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createSpawn } from '../../main/hosts/node/spawnChild.ts'
import { readDocument } from '../../main/documents/readerClient.ts'
import { UploadedFile } from '../../main/documents/uploadedFile.ts'
import { readToEnd, type WholeReading } from '../fixtures/documents/readToEnd.ts'

const root = path.resolve(import.meta.dirname, '..', '..')
const samples = path.join(root, 'resources', 'samples')
const spawn = createSpawn({ root, environment: process.env })

function upload(name: string, content: Uint8Array): UploadedFile {
  const file = new UploadedFile(name)
  for (let from = 0; from < content.length; from += 7001) file.append(content.subarray(from, from + 7001))
  return file
}

function read(file: string | UploadedFile): Promise<WholeReading> {
  return readToEnd(readDocument(spawn, file, new AbortController().signal))
}

test.each(['harbour-report.pdf', 'meeting-notes.md'])('%s reads the same from memory as from disk', async (name) => {
  const place = path.join(samples, name)
  const fromDisk = await read(place)
  const fromMemory = await read(upload(name, readFileSync(place)))
  expect(fromMemory.ended).toEqual({ ok: true, value: undefined })
  expect(fromMemory.opened).toEqual(fromDisk.opened)
  expect([fromMemory.segments, fromMemory.coverage, fromMemory.title]).toEqual([
    fromDisk.segments,
    fromDisk.coverage,
    fromDisk.title,
  ])
})

test('several megabytes of text come range by range', async () => {
  const text = 'One more line about the harbour and its crane.\n'.repeat(60_000)
  const { coverage, ended } = await read(upload('long.txt', Buffer.from(text)))
  expect([ended.ok, coverage]).toEqual([true, { unit: 'line', total: 60_000, read: 60_000, withoutText: [] }])
})

test('what cannot be read is refused by its code', async () => {
  const codeOf = async (file: UploadedFile) => {
    const { ended } = await read(file)
    return ended.ok ? null : ended.failure
  }
  expect(await codeOf(upload('empty.txt', new Uint8Array()))).toEqual({
    code: 'file-empty',
    details: { name: 'empty.txt' },
  })
  expect(await codeOf(upload('app.exe', Uint8Array.from([77, 90, 144, 0, 3, 0, 0, 0])))).toMatchObject({
    code: 'format-unsupported',
    details: { name: 'app.exe' },
  })
})
