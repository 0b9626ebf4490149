// PDF pages per second through the real reader process against poppler's pdftotext. SOTTO_PDFS: files, parted by `:`.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { readDocument, readerDefaults } from '../../main/documents/readerClient.ts'
import { createSpawn } from '../../main/hosts/node/spawnChild.ts'

const rounds = Number(process.env['ROUNDS'] ?? 5)
const root = path.join(import.meta.dirname, '..', '..')
const spawn = createSpawn({ root, environment: process.env })
const sample = path.join(root, 'resources', 'samples', 'harbour-report.pdf')
const files = process.env['SOTTO_PDFS']?.split(path.delimiter) ?? [sample]

type Round = { readonly pages: number; readonly whole: number; readonly reading: number; readonly pdftotext: number }

/** Milliseconds from the start of the process and from the first message of it, and the pages read. */
async function viaReader(file: string): Promise<Omit<Round, 'pdftotext'>> {
  const started = performance.now()
  const limits = { ...readerDefaults.limits, characters: 100_000_000 }
  let [first, pages] = [Number.NaN, 0]
  for await (const item of readDocument(spawn, file, new AbortController().signal, { limits })) {
    if (Number.isNaN(first)) first = performance.now()
    if (item.type === 'finished') pages = item.coverage.read
  }
  const ended = performance.now()
  return { pages, whole: ended - started, reading: ended - first }
}

function viaPdftotext(file: string): number {
  const started = performance.now()
  const { status } = spawnSync('pdftotext', [file, '-'], { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1e9 })
  return status === 0 ? performance.now() - started : Number.NaN
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
}

for (const file of files) {
  const all: Round[] = []
  // Alternating, so that whatever else the machine does disturbs both alike.
  for (let round = 0; round < rounds; round += 1) {
    const pdftotext = viaPdftotext(file)
    all.push({ ...(await viaReader(file)), pdftotext })
  }
  const [pages, whole, reading] = [
    all[0]?.pages ?? 0,
    median(all.map((one) => one.pdftotext / one.whole)),
    median(all.map((one) => one.pdftotext / one.reading)),
  ]
  const speed = Math.round((pages * 1000) / median(all.map((one) => one.reading)))
  console.log(
    `${path.basename(file)}: ${pages} pages, ${speed} pages/s; of pdftotext's speed ${reading.toFixed(2)} reading, ${whole.toFixed(2)} with the process's start (median of ${rounds})`,
  )
}
