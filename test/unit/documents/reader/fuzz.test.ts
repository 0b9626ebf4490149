// Mutations of real files through the readers of PDF, RTF, HTML, CSV and mail: each is read or refused by a code.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readerMessage, type ReaderMessage } from '../../../../main/documents/protocol.ts'
import { readDocumentFile } from '../../../../main/documents/reader/readDocumentFile.ts'
import { cjkSamples } from '../../../fixtures/documents/cjkSamples.ts'
import { makeCjkPdf } from '../../../fixtures/documents/makeCjkPdf.ts'
import { mutate } from '../../../fixtures/documents/mutate.ts'
import { seededRandom } from '../../../acceptance/seededRandom.ts'

const root = path.resolve(import.meta.dirname, '..', '..', '..', 'fixtures', 'documents')
const seed = Number(process.env['SOTTO_SEED'] ?? 20261120)
const isDeep = process.env['SOTTO_DEEP'] === '1'
const limits = { fileBytes: 10_000_000, textBytes: 10_000_000, pages: 1000, characters: 1_000_000 }
const minutes = isDeep ? 15 : 2

/** Mutations of each format in the daily run; in the deep one it is 2,000. */
const daily = { pdf: 12, rtf: 40, html: 40, csv: 40, mail: 40 } as const

async function readBytes(name: string, bytes: Uint8Array): Promise<ReaderMessage | undefined> {
  const fetchRange = (offset: number, length: number) => Promise.resolve(bytes.slice(offset, offset + length))
  let [last, read]: [ReaderMessage | undefined, number] = [undefined, 0]
  for await (const message of readDocumentFile({ kind: 'bytes', name, size: bytes.length }, limits, fetchRange)) {
    last = readerMessage.parse(message)
    if (last.type === 'progress') {
      expect(last.read).toBeGreaterThanOrEqual(read)
      read = last.read
    }
    if (last.type !== 'segments') continue
    for (const { text } of last.segments) expect(text.trim() !== '' && text.isWellFormed()).toBe(true)
  }
  return last
}

/** Files of one kind with their names; PDFs that name predefined character sets are made here. */
function seedsOf(kind: string): readonly { readonly name: string; readonly bytes: Buffer }[] {
  const names = readdirSync(path.join(root, kind)).filter((name) => !name.endsWith('.expected.txt'))
  const real = names.map((name) => ({ name, bytes: readFileSync(path.join(root, kind, name)) }))
  if (kind !== 'pdf') return real
  const made = cjkSamples.flatMap(({ lines, encodings }) =>
    [encodings[0], encodings.at(-1)].flatMap((encoding) =>
      encoding === undefined
        ? []
        : [{ name: `${encoding.cmap}.pdf`, bytes: Buffer.from(makeCjkPdf(encoding, lines), 'latin1') }],
    ),
  )
  return [...real, ...made]
}

describe.each(Object.entries(daily))('%s', (kind, count) => {
  test(`mutations, seed ${seed}`, { timeout: minutes * 60_000 }, async () => {
    const files = seedsOf(kind)
    const random = seededRandom(seed)
    const outcomes = new Map<string, number>()
    for (let round = 0; round < (isDeep ? 2000 : count); round += 1) {
      const { name, bytes: whole } = files[round % files.length] ?? { name: '', bytes: Buffer.of() }
      // A copy: what a Buffer calls a slice is the same memory.
      const bytes = mutate(new Uint8Array(whole), random)
      const last = await readBytes(name, bytes).catch((error: unknown) => {
        throw new Error(`round ${round} of seed ${seed}, ${name}`, { cause: error })
      })
      expect(last?.type, `round ${round}, ${name}`).toMatch(/^(?:finished|failed)$/)
      const outcome = last?.type === 'failed' ? last.failure.code : 'read'
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    }
    expect(outcomes.get('read') ?? 0).toBeGreaterThan(0)
  })
})
