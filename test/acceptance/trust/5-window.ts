// Row: everything of this part in a real Chromium.
import type { Row } from '../row.ts'
import { suite } from '../suite.ts'

export const row: Row = {
  name: 'window',
  doneWhen:
    'In the browser window: batch of a folder, pause, reload, resume, claim marks, ask, compare, export; screenshots ' +
    'looked at.',
  limitMinutes: 20,
  async run(evidence) {
    const passed = await suite('browser', ['trust', 'claims', 'questions', 'comparisons'], evidence)
    return passed ? 'green' : 'red'
  },
}
