// Row: an edited, shortened, reordered or doubled ledger is named as such, as far as that can be.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Row } from '../row.ts'
import { checkout } from '../runSotto.ts'
import { suite } from '../suite.ts'

export const row: Row = {
  name: 'ledger',
  doneWhen:
    'Editing, deleting, reordering, duplicating, truncating ledger rows: each named by verify as far as it can be, and ' +
    'what cannot be is documented with the attacker it needs.',
  run: async (evidence) => {
    const files = ['test/unit/egress/ledger.test.ts', 'test/unit/egress/ledgerExport.test.ts', 'test/unit/egress/logic']
    const named = await suite('unit', files, evidence)
    const page = readFileSync(join(checkout, 'docs/cloud.md'), 'utf8')
    const documented = page.includes('## What the ledger cannot show')
    evidence(`docs/cloud.md, "What the ledger cannot show": ${documented ? 'there' : 'missing'}`)
    return named && documented ? 'green' : 'red'
  },
}
