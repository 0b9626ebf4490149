// Row: the screenshots kept with the source, and what fresh eyes said of them.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Row } from '../row.ts'
import { checkout } from '../runSotto.ts'

const folder = join(checkout, 'docs', 'screenshots')

export const row: Row = {
  name: 'looked-at',
  doneWhen:
    'Screenshots looked at by fresh eyes at 1280×800 and 800×600; what they stumbled over is mended or listed in the note.',
  fast: true,
  run(evidence) {
    const pictures = readdirSync(folder).filter((name) => name.endsWith('.png'))
    const sizes = pictures.map((name) => sizeOf(join(folder, name)))
    const wrong = pictures.filter((name, at) => !name.includes(`.${sizes[at] ?? ''}.`))
    evidence(
      `${pictures.length} pictures, sizes ${[...new Set(sizes)].join(', ')}; ${wrong.length} not of the size they name`,
    )
    const review = readFileSync(join(folder, 'REVIEW.md'), 'utf8')
    const table = review.slice(review.indexOf('stumbled')).split('\n').slice(2)
    const findings = table.filter((line) => line.startsWith('|'))
    const open = findings.filter((line) => !/\b(mended|left)\b/i.test(line))
    evidence(`${findings.length} findings, ${open.length} neither mended nor left with a reason`)
    for (const line of findings) evidence(line)
    const both = sizes.includes('1280x800') && sizes.includes('800x600')
    return Promise.resolve(
      pictures.length === 12 && both && wrong.length === 0 && findings.length > 0 && open.length === 0
        ? 'green'
        : 'red',
    )
  },
}

/** Width and height of a PNG, from its header. */
function sizeOf(path: string): string {
  const header = readFileSync(path).subarray(16, 24)
  return `${header.readUInt32BE(0)}x${header.readUInt32BE(4)}`
}
