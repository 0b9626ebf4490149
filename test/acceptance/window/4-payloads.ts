// Row: hostile texts rendered as answer, file name, title and error, counted at the network layer.
import type { Row } from '../row.ts'
import { suite } from '../suite.ts'

export const row: Row = {
  name: 'payloads',
  doneWhen:
    'The 150 payloads rendered as answer, file name, title and error text: no script, no event handler, no request ' +
    '(counted at the network layer).',
  async run(evidence) {
    const rendered = await suite('unit', ['renderer/markdown'], evidence, { details: false })
    const inBrowser = await suite('browser', ['hostile'], evidence)
    return rendered && inBrowser ? 'green' : 'red'
  },
}
