// Row: search among a million passages, class by class against the bar; and a library whose reading is cut by kill -9.
import { measureSearch, openSearchLibrary, promisedSize } from '../../bench/search.ts'
import { readLibraryKilled } from '../killedLibrary.ts'
import type { Evidence, Row, Verdict } from '../row.ts'

const barMilliseconds = 50
const rounds = 100
const files = 60
const kills = 5
const seed = Number(process.env['SOTTO_SEED'] ?? 20_261_120)

export const row: Row = {
  name: 'search',
  doneWhen:
    '10,000 documents and 1,000,000 passages: every class of query answers within 50 ms at the 95th percentile, common ' +
    'words included; reading a folder into the library goes on after kill -9, with nothing lost, torn or twice.',
  limitMinutes: 60,
  async run(evidence) {
    const killed = await judgeKills(evidence)
    const quick = await judgeSpeed(evidence)
    return killed === 'green' && quick === 'green' ? 'green' : 'red'
  },
}

async function judgeKills(evidence: Evidence): Promise<Verdict> {
  const { ready, keptIds, problems, lastCode } = await readLibraryKilled(files, kills, seed)
  evidence(`seed ${seed}; texts kept after each of ${kills} kills and at the end: ${ready.join(' ')} of ${files}`)
  evidence(`finished texts ${keptIds ? 'all kept their records' : 'LOST'}; last run ended with ${lastCode}`)
  for (const problem of problems.slice(0, 5)) evidence(problem)
  return keptIds && problems.length === 0 && lastCode === 0 && ready.at(-1) === files ? 'green' : 'red'
}

async function judgeSpeed(evidence: Evidence): Promise<Verdict> {
  const library = await openSearchLibrary(promisedSize, evidence)
  try {
    evidence(`${Math.round(library.bytes / 2 ** 20)} MiB on disk, encrypted; ${rounds} queries of each class`)
    const times = await measureSearch(library.storage, rounds)
    for (const { name, p50, p95, work50, work95, hits } of times) {
      const verdict = p95 <= barMilliseconds ? 'within' : 'OVER'
      evidence(
        `${name.padEnd(26)} p50 ${p50.toFixed(1).padStart(6)} ms  p95 ${p95.toFixed(1).padStart(6)} ms (${verdict} ` +
          `${barMilliseconds})  at work ${work50.toFixed(1)} / ${work95.toFixed(1)} ms  ${hits} hits`,
      )
    }
    return times.every(({ p95 }) => p95 <= barMilliseconds) ? 'green' : 'red'
  } finally {
    await library.close()
  }
}
