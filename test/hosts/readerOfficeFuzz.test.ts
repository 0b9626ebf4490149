// Random damage to real office documents: every reading ends with a result or a code, quickly and within memory.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { chart, diagram, slidesWith, wordWith, xlsxWith } from '../fixtures/documents/makeFigures.ts'
import { makeZip, type ZipEntry } from '../fixtures/documents/makeZip.ts'
import { readInProcess } from '../fixtures/documents/readInProcess.ts'
import { seeded } from '../unit/text/logic/seeded.ts'

const folder = path.join(import.meta.dirname, '..', 'fixtures', 'documents', 'office')
const seed = Number(process.env['SOTTO_SEED'] ?? 20_261_120)
const rounds = process.env['SOTTO_DEEP'] === '1' ? 2000 : 24
/** No damaged document of 60 kB may make the process this much larger, in bytes. */
const mostGrowth = 512 * 2 ** 20

type Random = () => number

/** The entries of a sound archive, unpacked by its central directory. */
function unpack(zip: Buffer): readonly ZipEntry[] {
  const entries: ZipEntry[] = []
  let at = zip.readUInt32LE(zip.lastIndexOf('PK\x05\x06', undefined, 'latin1') + 16)
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)]
    const [names, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)]
    const local = zip.readUInt32LE(at + 42)
    const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const packed = zip.subarray(data, data + size)
    const name = zip.toString('utf8', at + 46, at + 46 + names)
    entries.push({ name, content: method === 0 ? packed : inflateRawSync(packed), stored: method === 0 })
    at += 46 + names + extra + comment
  }
  return entries
}

function pick<T>(items: readonly T[], random: Random): T {
  return items[Math.floor(random() * items.length)] as T // as: never asked of an empty list
}

/** Bytes overwritten, cut out or repeated anywhere in the file. */
function damageBytes(file: Buffer, random: Random): Buffer {
  const copy = Buffer.from(file)
  const from = Math.floor(random() * copy.length)
  const length = Math.floor(random() * 200)
  if (random() < 0.3) return Buffer.concat([copy.subarray(0, from), copy.subarray(from + length)])
  if (random() < 0.3) return Buffer.concat([copy.subarray(0, from + length), copy.subarray(from)])
  for (let count = 1 + Math.floor(random() * 20); count > 0; count -= 1) {
    copy[Math.floor(random() * copy.length)] = Math.floor(random() * 256)
  }
  return copy
}

const VALUES = [
  '-1',
  '0',
  '4294967295',
  '1e999',
  'NaN',
  '',
  '../../x',
  '\ud800',
  '&#0;',
  'true',
  '999999999999999999999',
]

/** A part of the package changed where it hurts: values, tags, pieces repeated many times or lost. */
function damagePart(entries: readonly ZipEntry[], random: Random): Buffer {
  const isMarkup = ({ name, content }: ZipEntry) =>
    /\.(?:xml|rels|xhtml|opf|ncx)$/.test(name) && /<[^>]+"[^"]*"[^>]*>/.test(Buffer.from(content).toString('utf8'))
  const victim = pick(entries.filter(isMarkup), random)
  const text = Buffer.from(victim.content).toString('utf8')
  const from = Math.floor(random() * text.length)
  const piece = text.slice(from, from + Math.floor(random() * 400))
  const tags = [...text.matchAll(/<[^>]+>/g)]
  const tag = pick(tags, random)
  const values = [...text.matchAll(/"[^"]*"/g)]
  const value = pick(values, random)
  const changed = pick<() => string>(
    [
      () => text.slice(0, from) + piece.repeat(Math.floor(random() * 2000)) + text.slice(from),
      () => text.slice(0, from) + text.slice(from + piece.length),
      () => text.slice(0, tag.index) + text.slice(tag.index + tag[0].length),
      () => text.slice(0, tag.index) + tag[0].repeat(1 + Math.floor(random() * 500)) + text.slice(tag.index),
      () => `${text.slice(0, value.index)}"${pick(VALUES, random)}"${text.slice(value.index + value[0].length)}`,
    ],
    random,
  )()
  return makeZip(entries.map((entry) => (entry === victim ? { name: entry.name, content: changed } : entry)))
}

const series = [
  { name: 'Quay', categories: ['Q1', 'Q2'], values: [1.5, 2.25], format: '0.0' },
  { name: 'Crane', categories: [45_000, 45_001], values: [0.4, 0.75], dates: true },
]
const figures = [
  { chart: chart({ title: 'Costs', axes: ['Quarter'], series }) },
  {
    diagramData: diagram(
      [
        ['d', 'doc', ''],
        ['1', 'node', 'Plan'],
        ['2', 'node', 'Build'],
      ],
      [
        ['d', '1', 0],
        ['1', '2', 0],
      ],
    ),
  },
]
/** Figures are in few real files at hand, so documents made for them are damaged, too. */
const made: Readonly<Record<string, readonly Buffer[]>> = {
  docx: figures.map((figure) => makeZip(wordWith(figure))),
  pptx: figures.map((figure) => makeZip(slidesWith(figure))),
  xlsx: figures.map((figure) => makeZip(xlsxWith(figure))),
}

const formats = ['docx', 'pptx', 'xlsx', 'odt', 'ods', 'odp', 'epub']

describe(`damaged documents, seed ${seed}`, () => {
  test.each(formats)(
    '%s',
    async (format) => {
      const random = seeded(seed + formats.indexOf(format))
      const real = readdirSync(folder).filter((name) => name.endsWith(`.${format}`))
      const files = [...real.map((name) => readFileSync(path.join(folder, name))), ...(made[format] ?? [])]
      const before = process.memoryUsage().rss
      for (let round = 0; round < rounds; round += 1) {
        const whole = pick(files, random)
        const damaged = random() < 0.3 ? damageBytes(whole, random) : damagePart(unpack(whole), random)
        const { last } = await readInProcess(damaged, `a.${format}`)
        expect(last?.type === 'finished' || last?.type === 'failed', `round ${round}`).toBe(true)
        expect(process.memoryUsage().rss - before, `round ${round}`).toBeLessThan(mostGrowth)
      }
    },
    rounds * 2000,
  )
})
