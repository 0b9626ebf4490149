// What a person does on this computer alone, as commands, each run where there is no network and watched for attempts.
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { outsideConnects } from './connects.ts'
import { checkout, sotto } from './runSotto.ts'

/** How the journey is run: words that lead into an empty network, and strace's path; either may be missing. */
export type Surroundings = { readonly network: readonly string[]; readonly strace: string | null }

/** One command. `outside` counts attempts to reach anything but this machine; null when nobody watched. */
export type Step = {
  readonly command: string
  readonly passed: boolean
  readonly code: number | null
  readonly seconds: number
  readonly outputSha256: string
  readonly outside: number | null
  readonly traceSha256: string | null
}

const sample = join('resources', 'samples', 'harbour-report.pdf')
const notes = join('resources', 'samples', 'meeting-notes.md')

/** Commands in order; the last shows that the ledger of all of it is empty. Doctor may find something to say (1). */
const commands: readonly { readonly words: readonly string[]; readonly codes?: readonly number[] }[] = [
  { words: ['extract', sample, '--json'] },
  { words: ['summarize', sample, '--json'] },
  { words: ['ask', 'What was agreed?', '--document', notes, '--json'] },
  { words: ['library', 'add', join('resources', 'samples'), '--json'] },
  { words: ['search', 'harbour', '--json'] },
  { words: ['models', 'list', '--json'] },
  { words: ['doctor', '--json'], codes: [0, 1] },
  { words: ['policy', '--json'] },
  { words: ['ledger', 'verify', '--json'] },
  { words: ['ledger', 'list', '--json'] },
]

/** Files the journey reads, from the root of the checkout. */
export const journeyInputs: readonly string[] = [
  sample,
  notes,
  join('resources', 'models', 'sotto-starter.gguf'),
  'package-lock.json',
]

/** Runs every command in one data folder, which is then removed; `say` gets a line for each. */
export async function runJourney(surroundings: Surroundings, say: (line: string) => void): Promise<readonly Step[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-offline-'))
  try {
    const steps: Step[] = []
    for (const command of commands) steps.push(await runStep(command, { ...surroundings, folder }, say))
    return steps
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Words before a command that have strace write what it and all its children connect and send to into `trace`. */
export function watchingPrefix(strace: string, trace: string): readonly string[] {
  return [strace, '-f', '--seccomp-bpf', '-qq', '-e', 'trace=connect,sendto,sendmsg,sendmmsg', '-o', trace]
}

/** The SHA-256 of a text or of bytes, in hex. */
export function sha256Of(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

async function runStep(
  { words, codes = [0] }: (typeof commands)[number],
  { network, strace, folder }: Surroundings & { readonly folder: string },
  say: (line: string) => void,
): Promise<Step> {
  const trace = join(folder, '..', `${folder.split(/[\\/]/).at(-1)}.trace`)
  const prefix = [...(strace === null ? [] : watchingPrefix(strace, trace)), ...network]
  const given = words.map((word) => (word.startsWith('resources') ? join(checkout, word) : word))
  const run = await sotto([...given, '--data', join(folder, 'data')], { prefix })
  const traced = strace === null ? null : readFileSync(trace, 'utf8')
  rmSync(trace, { force: true })
  const attempts = traced === null ? null : outsideConnects(traced)
  const answered = codes.includes(run.code ?? -1) && isAnswer(words, run.stdout)
  const command = `sotto ${words.join(' ')}`
  say(`${command}: exit ${run.code}, ${run.seconds.toFixed(1)} s, ${attempts?.length ?? 'unwatched'} attempts outside`)
  if (!answered) say(`  ${run.stdout.slice(0, 300)} ${run.stderr.slice(-300)}`)
  for (const line of attempts?.slice(0, 5) ?? []) say(`  ${line}`)
  return {
    command,
    passed: answered,
    code: run.code,
    seconds: Math.round(run.seconds * 10) / 10,
    outputSha256: sha256Of(run.stdout),
    outside: attempts?.length ?? null,
    traceSha256: traced === null ? null : sha256Of(traced),
  }
}

type Answer = {
  readonly entries?: readonly unknown[]
  readonly summary?: { readonly claims: readonly unknown[] }
  readonly hits?: readonly unknown[]
  readonly verdict?: { readonly intact: boolean }
}

/** Whether the output is JSON, and says what this command must have found. */
function isAnswer(words: readonly string[], output: string): boolean {
  const [first = ''] = output.trim().split('\n')
  try {
    const answer = JSON.parse(words[0] === 'extract' ? first : output) as Answer // as: every field is checked below
    if (words[0] === 'summarize') return (answer.summary?.claims.length ?? 0) > 0
    if (words[0] === 'search') return (answer.hits?.length ?? 0) > 0
    if (words[1] === 'verify') return answer.verdict?.intact === true
    if (words[0] === 'ledger') return answer.entries?.length === 0
    return true
  } catch {
    return false
  }
}
