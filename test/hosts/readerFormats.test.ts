// Real files of PDF, RTF, HTML, CSV, mail and text through the reader process, against what a person found right in them.
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readDocument } from '../../main/documents/readerClient.ts'
import { createSpawn } from '../../main/hosts/node/spawnChild.ts'
import { describeReading } from '../fixtures/documents/describeReading.ts'
import { readToEnd } from '../fixtures/documents/readToEnd.ts'

const root = path.resolve(import.meta.dirname, '..', '..')
const fixtures = path.join(root, 'test', 'fixtures', 'documents')
const spawn = createSpawn({ root, environment: process.env })

describe.each(['pdf', 'rtf', 'html', 'csv', 'mail', 'text', 'markdown'])('%s', (kind) => {
  const files = readdirSync(path.join(fixtures, kind)).filter((name) => !name.endsWith('.expected.txt'))

  test('has files of at least three producers', () => {
    expect(files.length).toBeGreaterThanOrEqual(3)
  })

  test.each(files)('%s reads as expected', async (name) => {
    const file = path.join(fixtures, kind, name)
    const reading = await readToEnd(readDocument(spawn, file, new AbortController().signal))
    if (process.env['SOTTO_UPDATE'] !== '1') expect(existsSync(`${file}.expected.txt`)).toBe(true)
    await expect(describeReading(reading)).toMatchFileSnapshot(`${file}.expected.txt`)
  })
})
