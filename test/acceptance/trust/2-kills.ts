// Row: kill -9 at 50 seeded moments of jobs, on one sequence and on four.
import { killJobs } from '../killedJobs.ts'
import type { Row } from '../row.ts'

const seed = Number(process.env['SOTTO_SEED'] ?? 20_261_120)
const orders = [
  { atOnce: 1, kills: 20 },
  { atOnce: 4, kills: 30 },
]

export const row: Row = {
  name: 'kills',
  doneWhen:
    'kill -9 at 50 seeded moments of jobs on one and on four sequences: finished steps byte-identical and never ' +
    'recomputed; with one sequence the final text equals the uninterrupted one; with four it is complete and covered.',
  limitMinutes: 45,
  async run(evidence) {
    let sound = true
    for (const order of orders) {
      const { kills, steps, changed, wrong, problems } = await killJobs({ ...order, seed, evidence })
      evidence(
        `${order.atOnce} at once, seed ${seed}: ${kills} kills, ${steps} finished steps kept, ${changed} changed or ` +
          `computed again, ${wrong} jobs with another end, ${problems} problems of the database`,
      )
      if (kills < order.kills || steps === 0 || changed + wrong + problems > 0) sound = false
    }
    return sound ? 'green' : 'red'
  },
}
