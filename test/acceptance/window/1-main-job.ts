// Row: the main job in a real Chromium, from the first run to a reload, everything kept.
import type { Row } from '../row.ts'
import { suite } from '../suite.ts'

export const row: Row = {
  name: 'main-job',
  doneWhen:
    'In a real Chromium driven by Playwright: first run, drop a PDF, gist within 1 s, summary, chip, highlighted source, ' +
    'question about it in chat, stop, regenerate, edit and branch, reload: all kept, the running job re-attached. No ' +
    'console error.',
  async run(evidence) {
    return (await suite('browser', ['mainJob', 'lost'], evidence)) ? 'green' : 'red'
  },
}
