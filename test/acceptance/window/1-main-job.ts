// Row: the main job in a real Chromium, from the first run to a reload, everything kept.
import type { Row } from '../row.ts'
import { runSuite } from '../suite.ts'

const gistBarMilliseconds = 1000

export const row: Row = {
  name: 'main-job',
  doneWhen:
    'In a real Chromium driven by Playwright: first run, drop a PDF, gist within 1 s, summary, chip, highlighted source, ' +
    'question about it in chat, stop, regenerate, edit and branch, reload: all kept, the running job re-attached. No ' +
    'console error.',
  async run(evidence) {
    const { passed, lines } = await runSuite('browser', ['mainJob', 'lost'], evidence)
    const gist = lines.map((line) => /^gist (\d+) ms/.exec(line)?.[1]).find((found) => found !== undefined)
    evidence(`gist ${gist ?? 'not measured'} ms after the file was dropped (bar ${gistBarMilliseconds})`)
    return passed && gist !== undefined && Number(gist) <= gistBarMilliseconds ? 'green' : 'red'
  },
}
