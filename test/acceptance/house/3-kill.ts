// Row: kill -9 at 20 seeded moments of a long job; every restart goes on from the last finished step.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { longText } from '../longText.ts'
import type { Row } from '../row.ts'
import { seededRandom } from '../seededRandom.ts'
import { type Running, startSotto } from '../runSotto.ts'
import { isSameStep, lookAtSteps, type Look } from '../stepsOnDisk.ts'
import { parseSummary } from '../summaryOutput.ts'

const kills = 20
/** The first of them fall into starting up: unlocking, reading the document, planning, loading the model. */
const killsAtStart = 4
const seed = Number(process.env['SOTTO_SEED'] ?? 20_261_120)

export const row: Row = {
  name: 'kill',
  doneWhen:
    'kill -9 at 20 seeded moments of that long job: each restart continues from the last finished step, finished steps ' +
    'are byte-identical and not computed again (counted), the database passes its integrity check.',
  limitMinutes: 45,
  async run(evidence) {
    const text = longText()
    if ('reason' in text) return { skipped: text.reason }
    const folder = mkdtempSync(join(tmpdir(), 'sotto-kill-'))
    const random = seededRandom(seed)
    const args = ['summarize', text.path, '--preset', 'detailed', '--json', '--data', folder]
    try {
      let before: Look = { steps: new Map(), problems: [] }
      let sound = true
      const counts: number[] = []
      for (let kill = 1; kill <= kills; kill += 1) {
        const running = startSotto(args)
        const moment = kill <= killsAtStart ? wait(300 + random() * 4000) : afterReadingBegan(running, random() * 9000)
        const ended = await Promise.race([running.done.then(() => true), moment.then(() => false)])
        running.kill()
        await running.done
        const after = await lookAtSteps(folder)
        const lost = [...before.steps].filter(([key, step]) => !isSameStep(after.steps.get(key), step))
        if (lost.length > 0 || after.problems.length > 0) sound = false
        if (ended) evidence(`the job ended by itself before kill ${kill}: the moments must be shorter on this machine`)
        if (lost.length > 0) evidence(`kill ${kill}: ${lost.length} finished steps changed or went`)
        for (const problem of after.problems.slice(0, 3)) evidence(`kill ${kill}: ${problem}`)
        if (ended) sound = false
        counts.push(after.steps.size)
        before = after
      }
      evidence(`seed ${seed}; finished steps on disk after each kill: ${counts.join(' ')}`)
      const last = await startSotto(args).done
      if (last.code !== 0) {
        evidence(`the last run ended with ${last.code}: ${last.stdout.slice(0, 300)}`)
        return 'red'
      }
      const after = await lookAtSteps(folder)
      const kept = [...before.steps].filter(([key, step]) => isSameStep(after.steps.get(key), step)).length
      const output = parseSummary(last.stdout)
      evidence(
        `last run: ${kept} of ${before.steps.size} finished steps byte-identical and not stored again, ` +
          `${after.steps.size - before.steps.size} computed; ${output.summary.claims.length} claims; integrity ${after.problems.length === 0 ? 'ok' : 'BROKEN'}`,
      )
      const moved = (counts.at(-1) ?? 0) > (counts[0] ?? 0)
      return sound && moved && kept === before.steps.size && after.problems.length === 0 ? 'green' : 'red'
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

/** Resolves so many milliseconds after the run says that it reads. */
async function afterReadingBegan(running: Running, milliseconds: number): Promise<void> {
  await new Promise<void>((resolve) => {
    running.child.stderr?.on('data', (bytes: Buffer) => {
      if (/\d+ of \d+ steps/.test(bytes.toString('utf8'))) resolve()
    })
  })
  await wait(milliseconds)
}
