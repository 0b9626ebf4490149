// kill -9 in the middle of a job: finished steps stay as they are, and the job comes to the end it would have come to.
import { expect, test } from 'vitest'
import { killJobs } from '../acceptance/killedJobs.ts'

const seed = Number(process.env['SOTTO_SEED'] ?? 20_261_120)

test.each([1, 4])(
  'killed twice with %i at once (all 50 kills: prove trust kills)',
  { timeout: 300_000 },
  async (atOnce) => {
    const lines: string[] = []
    const outcome = await killJobs({ kills: 2, atOnce, seed, evidence: (line) => lines.push(line) })
    expect({ ...outcome, steps: 0 }, lines.join('\n')).toEqual({
      kills: 2,
      steps: 0,
      changed: 0,
      wrong: 0,
      problems: 0,
    })
  },
)
