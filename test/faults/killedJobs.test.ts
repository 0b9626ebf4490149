// kill -9 in the middle of a job: finished steps stay as they are, and the job comes to the end it would have come to.
import { expect, test } from 'vitest'
import { killJobs } from '../acceptance/killedJobs.ts'

const seed = Number(process.env['SOTTO_SEED'] ?? 20_261_120)
const isDeep = process.env['SOTTO_DEEP'] === '1'

test.each([
  { atOnce: 1, kills: isDeep ? 20 : 2 },
  { atOnce: 4, kills: isDeep ? 30 : 2 },
])(
  'killed $kills times with $atOnce at once (50 in all: npm run test:deep, prove trust kills)',
  { timeout: isDeep ? 1_800_000 : 300_000 },
  async ({ atOnce, kills }) => {
    const lines: string[] = []
    const outcome = await killJobs({ kills, atOnce, seed, evidence: (line) => lines.push(line) })
    expect({ ...outcome, steps: 0 }, lines.join('\n')).toEqual({
      kills,
      steps: 0,
      changed: 0,
      wrong: 0,
      problems: 0,
    })
  },
)
