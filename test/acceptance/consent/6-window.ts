// Row: consent in a real Chromium, from setting a key to being asked again, with a provider that counts what reaches it.
import type { Row } from '../row.ts'
import { runSuite } from '../suite.ts'

export const row: Row = {
  name: 'window',
  doneWhen:
    'In a real Chromium: set a key, toggle, read the sheet, switch a redaction (the digest changes), Enter and Escape do ' +
    'not send, send once (what was shown is what arrived), streamed answer with placeholders restored, ledger row, ' +
    'receipt with tokens and cost, withdraw, asked again; a document of sixty pages under one permission. Not a byte ' +
    'reaches the provider before the press.',
  async run(evidence) {
    const { passed } = await runSuite('browser', ['consent'], evidence)
    return passed ? 'green' : 'red'
  },
}
