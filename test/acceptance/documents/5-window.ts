// Row: the library in a real Chromium, and the pictures of it that were looked at.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Row } from '../row.ts'
import { checkout } from '../runSotto.ts'
import { suite } from '../suite.ts'

const folder = join(checkout, 'docs', 'screenshots', 'library')

/** The states that have to be there, each in at least one look. */
const states = ['library-full', 'library-busy', 'library-failing', 'library-search', 'library-source']

export const row: Row = {
  name: 'window',
  doneWhen:
    'In the browser window: add a folder, watch it index, search, open a hit at its page, rename the file, remove it; ' +
    'screenshots looked at.',
  async run(evidence) {
    const passed = await suite('browser', ['library'], evidence)
    const pictures = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.png')) : []
    const wrong = pictures.filter((name) => !name.includes(`.${sizeOf(join(folder, name))}.`))
    const missing = states.filter((state) => !pictures.some((name) => name.startsWith(`${state}.`)))
    evidence(
      `${pictures.length} pictures, ${wrong.length} not of the size they name, states missing: ${missing.join(', ') || 'none'}`,
    )
    return passed && wrong.length === 0 && missing.length === 0 ? 'green' : 'red'
  },
}

/** Width and height of a PNG, from its header. */
function sizeOf(path: string): string {
  const header = readFileSync(path).subarray(16, 24)
  return `${header.readUInt32BE(0)}x${header.readUInt32BE(4)}`
}
