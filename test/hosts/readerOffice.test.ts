// Office documents and books of many producers through the real reader process, against text that was read and judged.
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readDocument } from '../../main/documents/readerClient.ts'
import { createSpawn } from '../../main/hosts/node/spawnChild.ts'
import { describeReading } from '../fixtures/documents/describeReading.ts'
import { readToEnd } from '../fixtures/documents/readToEnd.ts'

const root = path.resolve(import.meta.dirname, '..', '..')
const folder = path.join(root, 'test', 'fixtures', 'documents', 'office')
const spawn = createSpawn({ root, environment: process.env })
const files = readdirSync(folder).filter((name) => !name.endsWith('.txt'))

describe('files of many producers', () => {
  test('at least three of every format', () => {
    const formats = ['docx', 'pptx', 'xlsx', 'odt', 'ods', 'odp', 'epub']
    const counts = formats.map((format) => files.filter((name) => name.endsWith(`.${format}`)).length)
    expect(counts.every((count) => count >= 3)).toBe(true)
  })

  test.each(files)('%s', async (name) => {
    const reading = await readToEnd(readDocument(spawn, path.join(folder, name), new AbortController().signal))
    expect(reading.ended.ok).toBe(true)
    await expect(describeReading(reading)).toMatchFileSnapshot(path.join(folder, `${name}.txt`))
  })
})
