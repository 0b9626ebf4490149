// Row: streaming into a very long conversation keeps the window quick, and it paints before any model is touched.
import { join } from 'node:path'
import type { Row } from '../row.ts'
import { checkout, startProgram } from '../runSotto.ts'
import { suite } from '../suite.ts'

export const row: Row = {
  name: 'streaming',
  doneWhen:
    'Streaming 100 tokens a second into a 2,000-message conversation: longest main-thread task at most 50 ms after ' +
    'warm-up, heap does not grow with length (figures in the README). First paint before any model is touched.',
  async run(evidence) {
    const paint = await suite('browser', ['firstPaint'], evidence)
    const run = await startProgram([process.execPath, join(checkout, 'scripts/bench.ts'), 'streaming']).done
    for (const line of `${run.stdout}\n${run.stderr}`.trim().split('\n')) evidence(line)
    const skipped = /^skipped: (.+)$/m.exec(run.stdout)?.[1]
    if (skipped !== undefined) return { skipped }
    return paint && run.code === 0 ? 'green' : 'red'
  },
}
