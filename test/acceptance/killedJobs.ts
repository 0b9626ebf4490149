// Jobs of the command line killed at seeded moments: what is on disk after each kill, and what comes out in the end.
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createNodeHost } from '../../main/hosts/node/createNodeHost.ts'
import { openDataFolder } from '../../main/storage/dataFolder.ts'
import { prose } from '../fakes/prose.ts'
import { type Running, startSotto } from './runSotto.ts'
import { seededRandom } from './seededRandom.ts'
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

/** What is on disk of one finished step. `storedAt` changes if a step is ever computed again. */
type Step = { readonly sha256: string; readonly storedAt: string }
type Look = { readonly steps: ReadonlyMap<string, Step>; readonly problems: readonly string[] }

const env = { SOTTO_KEYSTORE: 'file' }
/** Kills of one job before it may come to its end. */
const killsPerJob = 5

/**
 * Kills jobs until there were enough kills: a quarter while starting up, the others while steps are computed, spread over
 * the job by the steps it tells of, so that the speed of a machine changes nothing. Every job is then let go to its end;
 * with one step at a time its text has to be that of a job nobody killed.
 */
export async function killJobs({ kills, atOnce, seed, evidence }: KillOrder): Promise<KillOutcome> {
  const random = seededRandom(seed)
  const sum = { kills: 0, steps: 0, changed: 0, wrong: 0, problems: 0 }
  for (let round = 0; sum.kills < kills && round < kills; round += 1) {
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
    const moment =
      random() < 1 / 4
        ? wait(200 + random() * 600)
        : afterSteps(running, random() / (most - counts.length), random() * 60)
    const ended = await Promise.race([running.done.then(() => true), moment.then(() => false)])
    running.kill()
    await running.done
    if (ended) break
    const after = await look(folder)
    changed += changesIn(before, after)
    problems += after.problems.length
    counts.push(after.steps.size)
    before = after
  }
  const last = await startSotto(args, { env }).done
  const after = await look(folder)
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
  return [...before.steps].filter(([key, step]) => {
    const now = after.steps.get(key)
    return now?.sha256 !== step.sha256 || now.storedAt !== step.storedAt
  }).length
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

/** Resolves so many milliseconds after this share (0 to 1) of the steps that were left when the run began to read is done. */
async function afterSteps(running: Running, share: number, milliseconds: number): Promise<void> {
  let aim: number | undefined
  await new Promise<void>((resolve) => {
    running.child.stderr?.on('data', (bytes: Buffer) => {
      for (const [, done = '', all = ''] of bytes.toString('utf8').matchAll(/(\d+) of (\d+) steps/g)) {
        aim ??= Number(done) + Math.ceil(share * (Number(all) - Number(done)))
        if (Number(done) >= aim) resolve()
      }
    })
  })
  await wait(milliseconds)
}

/** Opens the folder as its owner would after a power cut, so recovery itself is part of what is judged. */
async function look(folder: string): Promise<Look> {
  const environment = { ...process.env, ...env }
  const host = await createNodeHost({ kind: 'cli', dataFolder: folder, mode: 'own', environment })
  const opened = await openDataFolder(host, 'own')
  if (!opened.ok) {
    await host.close()
    return { steps: new Map(), problems: [`the folder does not open: ${opened.failure.code}`] }
  }
  try {
    const { storage } = opened.value
    const rows = await storage.all<{ key: string; output: string; stored_at: string }>(
      'SELECT key, output, stored_at FROM job_steps',
    )
    const checked = await storage.check()
    const steps = (rows.ok ? rows.value : []).map(({ key, output, stored_at }): [string, Step] => [
      key,
      { sha256: createHash('sha256').update(output).digest('hex'), storedAt: stored_at },
    ])
    return { steps: new Map(steps), problems: checked.ok ? checked.value : [checked.failure.code] }
  } finally {
    await opened.value.close()
    await host.close()
  }
}
