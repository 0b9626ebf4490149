// The reader process with PDFs that name a predefined encoding, against what poppler makes of the same files.
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { readDocument } from '../../main/documents/readerClient.ts'
import { createSpawn } from '../../main/hosts/node/spawnChild.ts'
import { cjkSamples } from '../fixtures/documents/cjkSamples.ts'
import { makeCjkPdf } from '../fixtures/documents/makeCjkPdf.ts'
import { readToEnd } from '../fixtures/documents/readToEnd.ts'

const root = path.resolve(import.meta.dirname, '..', '..')
const spawn = createSpawn({ root, environment: process.env })
const folder = mkdtempSync(path.join(tmpdir(), 'sotto-cjk-')) // removed in `afterAll`
const run = promisify(execFile)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** poppler’s text of a file; null where it, or its data for these encodings, is not installed. */
async function byPoppler(file: string): Promise<string | null> {
  if (!existsSync('/usr/share/poppler/cMap')) return null
  try {
    return (await run('pdftotext', [file, '-'])).stdout
  } catch {
    return null
  }
}

/** Every character with its count: poppler parts columns of words elsewhere, so only what is there is compared. */
function characters(text: string): readonly string[] {
  return [...text.normalize('NFKC').replace(/\s/gu, '')].filter((one) => /[\p{L}\p{N}]/u.test(one)).sort()
}

describe.each(cjkSamples)('$lines.0', ({ lines, encodings }) => {
  test.for([encodings[0], encodings.at(-1)])('$cmap', async (encoding, { skip }) => {
    if (encoding === undefined) throw new Error('no encoding')
    const file = path.join(folder, `${encoding.cmap}.pdf`)
    writeFileSync(file, makeCjkPdf(encoding, lines), 'latin1')
    const { segments, ended } = await readToEnd(readDocument(spawn, file, new AbortController().signal))
    expect(ended.ok).toBe(true)
    const text = segments.map((segment) => segment.text)
    expect(text).toEqual(lines)
    const theirs = await byPoppler(file)
    if (theirs === null) return skip('pdftotext or poppler-data is not installed; our own reading was checked')
    expect(characters(theirs)).toEqual(characters(text.join('')))
  })
})
