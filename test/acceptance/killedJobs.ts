// Jobs of the command line killed at seeded moments: what is on disk after each kill, and what comes out in the end.
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { prose } from '../fakes/prose.ts'
import { type Running, startSotto } from './runSotto.ts'
import { seededRandom } from './seededRandom.ts'
import { isSameStep, lookAtSteps, type Look } from './stepsOnDisk.ts'
import { parseSummary } from './summaryOutput.ts'

/** What is asked: so many kills of jobs with so many steps side by side. */
export type KillOrder = {
  readonly kills: number
  readonly atOnce: number
  readonly seed: number
  readonly evidence: (line: string) => void
}

/** What came of it. `changed` counts finished steps that were lost, altered or stored again; `wrong` runs whose end is not right. */
export type KillOutcome = {
  readonly kills: number
  readonly steps: number
  readonly changed: number
  readonly wrong: number
  readonly problems: number
}

const env = { SOTTO_KEYSTORE: 'file' }
/** Kills of one job before it may come to its end. */
const killsPerJob = 5
/** A run is killed after at most so many writes to its database; starting up takes a few, every finished step one. */
const mostWrites = 14

/**
 * Kills jobs until there were enough kills, while they start up and while steps are computed. The moments are told by
 * writes to the database, not by the clock, so that the speed of a machine changes nothing. Every job is then let go to
 * its end; with one step at a time its text has to be that of a job nobody killed.
 */
export async function killJobs({ kills, atOnce, seed, evidence }: KillOrder): Promise<KillOutcome> {
  const random = seededRandom(seed)
  const sum = { kills: 0, steps: 0, changed: 0, wrong: 0, problems: 0 }
  for (let round = 0; sum.kills < kills && round < kills * 2; round += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'sotto-kills-'))
    try {
      const text = join(folder, 'Chronicle.txt')
      writeFileSync(text, Array.from({ length: 16 }, (_, at) => prose(110, seed + round * 100 + at)).join('\n\n'))
      const args = ['summarize', text, '--preset', 'detailed', '--json', '--at-once', String(atOnce), '--data']
      const killed = await killOne([...args, join(folder, 'data')], Math.min(killsPerJob, kills - sum.kills), random)
      const reference = atOnce === 1 ? await startSotto([...args, join(folder, 'whole')], { env }).done : null
      const right = isRight(killed.output, reference?.stdout ?? null)
      sum.kills += killed.kills
      sum.steps += killed.steps
      sum.changed += killed.changed
      sum.problems += killed.problems
      sum.wrong += right ? 0 : 1
      const ending = right
        ? reference === null
          ? 'complete and covered'
          : 'the text of an uninterrupted job'
        : 'WRONG'
      evidence(
        `job ${round + 1}, ${atOnce} at once: ${killed.kills} kills, finished steps after each ${killed.counts.join(' ')}, ` +
          `${killed.changed} of them changed; its end: ${ending}`,
      )
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
    }
  }
  return sum
}

type Killed = Omit<KillOutcome, 'wrong'> & { readonly counts: readonly number[]; readonly output: string }

async function killOne(args: readonly string[], most: number, random: () => number): Promise<Killed> {
  const folder = args.at(-1) ?? ''
  let before: Look = { steps: new Map(), problems: [] }
  let changed = 0
  let problems = 0
  const counts: number[] = []
  while (counts.length < most) {
    const running = startSotto(args, { env })
    const moment = afterWrites(running, folder, 1 + Math.floor(random() * mostWrites))
    const ended = await Promise.race([running.done.then(() => true), moment.then(() => false)])
    running.kill()
    await running.done
    if (ended) break
    const after = await lookAtSteps(folder, env)
    changed += changesIn(before, after)
    problems += after.problems.length
    counts.push(after.steps.size)
    before = after
  }
  const last = await startSotto(args, { env }).done
  const after = await lookAtSteps(folder, env)
  changed += changesIn(before, after)
  return {
    kills: counts.length,
    steps: before.steps.size,
    changed,
    problems: problems + after.problems.length,
    counts,
    output: last.stdout,
  }
}

function changesIn(before: Look, after: Look): number {
  return [...before.steps].filter(([key, step]) => !isSameStep(after.steps.get(key), step)).length
}

/** With a reference the text must be its text; without, every page is read and every sentence stands in the document. */
function isRight(output: string, reference: string | null): boolean {
  try {
    const { summary } = parseSummary(output)
    if (reference !== null) return parseSummary(reference).summary.text === summary.text
    const { claims, coverage } = summary
    return claims.length > 0 && claims.every(({ supported }) => supported) && coverage.read === coverage.total
  } catch {
    return false
  }
}

/** Resolves once the folder's database was written to so many times since the run began, or when the run has ended. */
async function afterWrites(running: Running, folder: string, writes: number): Promise<void> {
  const log = join(folder, 'sotto.db-wal')
  const stamp = () => {
    const stats = statSync(log, { throwIfNoEntry: false })
    return stats === undefined ? '' : `${stats.size} ${stats.mtimeMs}`
  }
  let last = stamp()
  for (let seen = 0; seen < writes && running.child.exitCode === null;) {
    await wait(2)
    const now = stamp()
    if (now !== last) seen += 1
    last = now
  }
}
