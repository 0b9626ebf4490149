// Row: what was prepared is what was granted, what went over the wire and what the ledger says.
import type { Row } from '../row.ts'
import { suite } from '../suite.ts'

export const row: Row = {
  name: 'bytes',
  doneWhen:
    'A test server speaks both wire formats on loopback with TLS and records bytes: for each task kind, provider and ' +
    'scope, prepared = granted = wire = ledger; for "once" also = what the sheet showed.',
  run: async (evidence) => ((await suite('unit', ['test/unit/cloud/bytes.test.ts'], evidence)) ? 'green' : 'red'),
}
