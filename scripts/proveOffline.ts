// `npm run prove:offline [-- L1 …]`: shows, layer by layer, that nothing leaves this computer unseen, and writes it down for an auditor.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { arch, cpus, platform, release, tmpdir, totalmem } from 'node:os'
import { basename, join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { isRouteLook, outsideConnects, sentOutside } from '../test/acceptance/connects.ts'
import { journeyInputs, runJourney, sha256Of, watchingPrefix } from '../test/acceptance/offlineJourney.ts'
import { checkout, type Finished, startProgram } from '../test/acceptance/runSotto.ts'
import { isSound, type SinkReport } from '../test/acceptance/sinkTest.ts'
import { runSuite } from '../test/acceptance/suite.ts'
import { importFindings, type LintedFile, lintFindings, type RuleFindings } from './doorRules.ts'
import { buildWindow } from './buildWindow.ts'
import { emptyNetwork } from './emptyNetwork.mjs'
import { type Layer, type OfflineReport, reportAsMarkdown, verdictOf } from './offlineReport.ts'
import type { QuietReport } from './quietBrowser.ts'
import { ensureChromium, ensureDebianPackage } from './systemPackages.mjs'

type Say = (line: string) => void

const programMinutes = 15
const eslint = join(checkout, 'node_modules/eslint/bin/eslint.js')
/** The rules of L1 themselves, so that a kept report names them. */
const ruleFiles: readonly string[] = [
  '.dependency-cruiser.cjs',
  'eslint.config.js',
  'scripts/lint/restrictions.js',
  'scripts/doorRules.ts',
]

/** Layers that were named; none means all. */
const asked = parseArgs({ allowPositionals: true }).positionals
const network = emptyNetwork(process.execPath)
const strace = ensureDebianPackage('strace', ['strace'])
const place = { network: network.prefix, strace: strace.path ?? null }

process.exitCode = await main()

async function main(): Promise<number> {
  const layers = [
    await layer('L1', 'Import and lint rules: only the door may open a connection', rules),
    await layer('L2', 'The children (engine, document reader) have no way out of their own', guards),
    await layer('L3', 'The window loads its own files and nothing else, and is granted nothing', windowWalls),
    await layer('L4', 'The browser of the window, on a page that tries to get out, sends nothing', quietBrowser),
    ...(await journey()),
    await layer(
      'L7',
      'With the cloud on: what arrives is what was shown, at one host, as often as the ledger says',
      sink,
    ),
  ]
  const inputs = [...ruleFiles, ...journeyInputs].map(hashedFile)
  const report: OfflineReport = { verdict: verdictOf(layers), ...about(), inputs, layers }
  const path = join(reportFolder(), 'prove-offline')
  const written = { [`${path}.json`]: `${JSON.stringify(report, null, 2)}\n`, [`${path}.md`]: reportAsMarkdown(report) }
  for (const [file, text] of Object.entries(written)) writeFileSync(file, text)
  // `sha256sum --check` tells later whether what was kept is what was written.
  const sums = Object.entries(written).map(([file, text]) => `${sha256Of(text)}  ${basename(file)}\n`)
  writeFileSync(`${path}.sha256`, sums.join(''))
  console.log('')
  for (const { id, verdict, seconds } of layers) console.log(`${id}  ${verdict.padEnd(8)} ${seconds.toFixed(1)} s`)
  console.log(`${report.verdict}: ${relative(checkout, path)}.md, .json, .sha256`)
  return report.verdict === 'failed' ? 1 : 0
}

/** `docs/reports` of the checkout; where this account may not write there, a folder of its own among temporary files. */
function reportFolder(): string {
  const usual = join(checkout, 'docs', 'reports')
  try {
    mkdirSync(usual, { recursive: true })
    accessSync(usual, constants.W_OK)
    return usual
  } catch {
    return mkdtempSync(join(tmpdir(), 'sotto-report-'))
  }
}

/** Runs one layer. A string is the reason why it was left out. */
async function layer(id: string, shows: string, run: (say: Say) => Promise<boolean | string>): Promise<Layer> {
  console.log(`\n── ${id} ${shows}`)
  const evidence: string[] = []
  const say: Say = (line) => {
    evidence.push(withoutPlaces(line))
    console.log(`   ${line}`)
  }
  const started = performance.now()
  const left = asked.length > 0 && !asked.includes(id)
  const ended = await (left ? Promise.resolve('not asked for') : run(say)).catch((error: unknown) => {
    say(`threw: ${error instanceof Error ? error.message : String(error)}`)
    return false
  })
  if (typeof ended === 'string') say(`left out: ${ended}`)
  const verdict = typeof ended === 'string' ? 'left out' : ended ? 'passed' : 'failed'
  return { id, shows, verdict, seconds: Math.round((performance.now() - started) / 100) / 10, evidence }
}

async function rules(say: Say): Promise<boolean> {
  const imports = await finished([process.execPath, 'scripts/importRules.ts'])
  const imported = importFindings(imports.stdout)
  say(`import rules: ${imports.stdout.trim().split('\n').at(0)}`)
  sayFindings(imported, say)
  const lint = await finished([process.execPath, eslint, '--format', 'json', 'main', 'preload', 'renderer'])
  // What is neither 0 nor 1 is no answer about the files.
  if (lint.code !== 0 && lint.code !== 1)
    throw new Error(`eslint ended with ${lint.code}: ${lint.stderr.slice(0, 300)}`)
  const files = JSON.parse(lint.stdout) as readonly LintedFile[] // as: eslint's documented output
  const linted = lintFindings(files)
  say(`lint: ${files.length} files read`)
  sayFindings(linted, say)
  const canaries = await runSuite('rules', [], say, { details: false })
  for (const line of canaries.lines.filter((each) => each.startsWith('×'))) say(`  ${line}`)
  return imported.door.length === 0 && files.length > 100 && linted.door.length === 0 && canaries.passed
}

function sayFindings({ door, order }: RuleFindings, say: Say): void {
  say(
    `  ${door.length} uses of the network, of processes or of back doors; ${order.length} about the order of the house`,
  )
  for (const each of door.slice(0, 10)) say(`  way out: ${each}`)
  for (const each of order.slice(0, 5)) say(`  order: ${each}`)
}

/** Runs a program to its end; one that takes too long is ended, so that every layer comes to a verdict. */
async function finished(words: readonly string[]): ReturnType<typeof runToEnd> {
  const run = await runToEnd(words)
  if (run.late) throw new Error(`not done after ${programMinutes} minutes: ${words.slice(1, 3).join(' ')}`)
  return run
}

async function runToEnd(words: readonly string[]): Promise<Finished & { readonly late: boolean }> {
  const program = startProgram(words)
  const state = { late: false }
  const timer = setTimeout(() => {
    state.late = true
    program.kill()
  }, programMinutes * 60_000)
  const run = await program.done
  clearTimeout(timer)
  return { ...run, late: state.late }
}

async function guards(say: Say): Promise<boolean> {
  const engine = await runSuite('unit', ['test/unit/inference/networkGuard.test.ts'], say)
  // The file's other tests are not about this, and would stand here as left out.
  const chosen = 'no network|no internet socket'
  const sayChosen: Say = (line) => {
    if (!line.startsWith('↓') || new RegExp(chosen).test(line)) say(line)
  }
  const reader = await runSuite('hosts', ['test/hosts/readerProcess.test.ts', '-t', chosen], sayChosen)
  return engine.passed && reader.passed
}

/** Our handlers on a typed fake of Electron, the built window under Electron's headers, and real Electron where there is one. */
async function windowWalls(say: Say): Promise<boolean | string> {
  if (!buildWindow(checkout, say)) return 'the window is not built, and cannot be built here'
  const guarded = ['appProtocol', 'contentsGuard', 'sessionGuard', 'startElectron']
  const files = guarded.map((name) => `test/unit/hosts/electron/${name}.test.ts`)
  const handlers = await runSuite('unit', files, say, { details: false })
  const built = await runSuite('electron', ['test/electron/windowUnderPolicy.test.ts'], say)
  const real = await runSuite('electron', ['test/electron/app.test.ts'], say, { details: false })
  const without = real.lines.map((line) => /^↓ .*\[([^\]]+)\]$/.exec(line)?.[1]).find((reason) => reason !== undefined)
  if (without !== undefined) say(`  not shown in Electron itself: ${without}`)
  return handlers.passed && built.passed && real.passed
}

async function quietBrowser(say: Say): Promise<boolean | string> {
  if (place.strace === null) return strace.reason ?? 'no strace'
  const chromium = ensureChromium()
  if (chromium.path === undefined) return chromium.reason ?? 'no Chromium'
  const folder = mkdtempSync(join(tmpdir(), 'sotto-quiet-'))
  try {
    const trace = join(folder, 'trace')
    const watching = [...watchingPrefix(place.strace, trace), '-yy']
    const words = [...watching, ...place.network, process.execPath, 'scripts/quietBrowser.ts', chromium.path]
    const run = await finished(words)
    if (run.code !== 0) throw new Error(`exit ${run.code}: ${run.stderr.slice(-500)}`)
    const { ran, refused } = JSON.parse(run.stdout) as QuietReport // as: printed by that program
    const traced = readFileSync(trace, 'utf8')
    const sent = sentOutside(traced)
    const looks = outsideConnects(traced).filter(isRouteLook)
    say(
      `${basename(chromium.path)} with the switches of the browser host: the page ran ${ran ? 'to its end' : 'NOT to its end'}`,
    )
    say(`${refused} requests for others came to our own server instead and were refused`)
    say(`${sent.length} names looked up, connections or messages to anything else`)
    for (const line of sent.slice(0, 5)) say(`  ${line}`)
    say(`${looks.length} looks at the route to an address, which send nothing (connect on UDP)`)
    say(`trace ${sha256Of(traced)}`)
    return ran && refused > 0 && sent.length === 0
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** One journey gives two verdicts: that it works without a network, and that it never tried to reach one. */
async function journey(): Promise<readonly Layer[]> {
  const works = 'The local journey passes where no network exists'
  const tries = 'No process of that journey tries to reach anything but this computer (the run of L5, watched)'
  const walked = runsOnce((say) => runJourney(place, say))
  const first = await layer('L5', works, async (say) => {
    if (network.reason !== undefined) return network.reason
    return (await walked(say)).every(({ passed }) => passed)
  })
  const second = await layer('L6', tries, async (say) => {
    if (place.strace === null) return strace.reason ?? 'no strace'
    const steps = await walked(say)
    say('the same run as L5; each line: attempts to reach anything else, hashes of output and of the trace')
    for (const step of steps) {
      say(`${step.command}: ${step.outside} outside, output ${step.outputSha256}, trace ${step.traceSha256}`)
    }
    return steps.every(({ passed, outside }) => passed && outside === 0)
  })
  return [first, second]
}

function runsOnce<T>(run: (say: Say) => Promise<T>): (say: Say) => Promise<T> {
  const state: { running: Promise<T> | null } = { running: null }
  return (say) => (state.running ??= run(say))
}

async function sink(say: Say): Promise<boolean | string> {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-sink-'))
  const trace = join(folder, 'trace')
  try {
    const watching = place.strace === null ? [] : watchingPrefix(place.strace, trace)
    const words = [...watching, ...place.network, process.execPath, 'test/acceptance/sinkTest.ts']
    const run = await finished(words)
    if (run.code !== 0) {
      say(`exit ${run.code}: ${run.stderr.slice(-500)}`)
      return false
    }
    const report = JSON.parse(run.stdout) as SinkReport | null // as: printed by that program
    if (report === null) return 'no openssl here, so no certificate for the server of the test'
    for (const { task, model, bytes, shownSha256, arrivedSha256 } of report.requests) {
      say(`${task}, ${model}: ${bytes} bytes, shown ${shownSha256}, arrived ${arrivedSha256}`)
    }
    const { requests, arrived, hosts, early, attempts, attemptBytes, intact } = report
    say(
      `${requests.length} approved, ${arrived} arrived, ${attempts} in the ledger with ${attemptBytes} bytes of content`,
    )
    say(`${hosts.length} host; ${early} connections before an approval; ledger ${intact ? 'whole' : 'BROKEN'}`)
    const outside = place.strace === null ? [] : outsideConnects(readFileSync(trace, 'utf8'))
    say(place.strace === null ? 'not watched by strace' : `${outside.length} attempts to reach anything else`)
    return isSound(report) && outside.length === 0
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function about(): Omit<OfflineReport, 'verdict' | 'inputs' | 'layers'> {
  // Git refuses a checkout of another account; only reading is asked of it here.
  const git = (...args: string[]) => gitAnswer(['-c', `safe.directory=${checkout}`, ...args])
  const commit = git('rev-parse', 'HEAD')
  const versionOf = (path: string) =>
    (JSON.parse(readFileSync(join(checkout, path, 'package.json'), 'utf8')) as { readonly version: string }).version // as: every package has one
  return {
    date: new Date().toISOString(),
    commit: commit ?? 'unknown (no git, or no repository)',
    changed: commit !== null && git('status', '--porcelain') !== '',
    versions: {
      sotto: versionOf('.'),
      node: process.versions.node,
      openssl: process.versions.openssl,
      'node-llama-cpp': versionOf('node_modules/node-llama-cpp'),
      undici: versionOf('node_modules/undici'),
      eslint: versionOf('node_modules/eslint'),
      'dependency-cruiser': versionOf('node_modules/dependency-cruiser'),
    },
    machine: `${platform()} ${release()}, ${arch()}, ${cpus().length} processors, ${Math.round(totalmem() / 2 ** 30)} GiB of memory`,
  }
}

/** What git says; null where there is no git or it refuses. */
function gitAnswer(args: readonly string[]): string | null {
  const { status, stdout } = spawnSync('git', args, { cwd: checkout, encoding: 'utf8' })
  return status === 0 ? stdout.trim() : null
}

function hashedFile(path: string): { readonly path: string; readonly sha256: string } {
  return { path, sha256: sha256Of(readFileSync(join(checkout, path))) }
}

/** A report is handed on; where things lie on this computer is nobody's business. */
function withoutPlaces(line: string): string {
  return line.replaceAll(checkout, '.').replaceAll(tmpdir(), '<temporary>')
}
