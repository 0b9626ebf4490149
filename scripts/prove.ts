// `npm run prove -- NAME [row…]`: runs the acceptance rows of a subject one after another and prints their evidence.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import type { Row, Verdict } from '../test/acceptance/row.ts'

type Proof = {
  readonly subject: string
  readonly row: string
  readonly doneWhen: string
  readonly verdict: 'green' | 'red' | 'skipped'
  readonly seconds: number
  readonly evidence: readonly string[]
}

const root = join(import.meta.dirname, '..', 'test', 'acceptance')
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { all: { type: 'boolean', default: false }, fast: { type: 'boolean', default: false } },
})
const subjects = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort()

process.exitCode = await main()

async function main(): Promise<number> {
  const [subject, ...rows] = positionals
  if (!options.all && (subject === undefined || !subjects.includes(subject))) {
    console.log(`Say which: npm run prove -- NAME [row…]\nThere is: ${subjects.join(', ') || 'nothing yet'}`)
    return 2
  }
  const proofs: Proof[] = []
  for (const each of options.all ? subjects : [subject ?? '']) proofs.push(...(await proveSubject(each, rows)))
  if (proofs.length === 0) console.log(options.fast ? 'No row says fast: true.' : 'There is no such row.')
  printTable(proofs)
  writeCounts(proofs)
  return proofs.length > 0 && proofs.every(({ verdict }) => verdict !== 'red') ? 0 : 1
}

async function proveSubject(subject: string, wanted: readonly string[]): Promise<readonly Proof[]> {
  const proofs: Proof[] = []
  for (const file of readdirSync(join(root, subject))
    .filter((name) => name.endsWith('.ts'))
    .sort()) {
    const { row } = await load(join(root, subject, file))
    const name = row?.name ?? basename(file, '.ts')
    if (wanted.length > 0 && !wanted.includes(name) && !wanted.includes(basename(file, '.ts'))) continue
    if (options.fast && row?.fast !== true) continue
    proofs.push(await prove(subject, name, row))
  }
  if (wanted.length === 0 && !options.fast) writeReport(subject, proofs)
  return proofs
}

async function load(path: string): Promise<{ readonly row?: Row }> {
  return (await import(pathToFileURL(path).href)) as { readonly row?: Row } // as: the shape is checked on use
}

async function prove(subject: string, name: string, row: Row | undefined): Promise<Proof> {
  const evidence: string[] = []
  const say = (line: string): void => {
    evidence.push(line)
    console.log(`   ${line}`)
  }
  console.log(`\n── ${subject}: ${name}${row === undefined ? '' : `\n   ${row.doneWhen}`}`)
  const started = performance.now()
  const verdict = row === undefined ? noRow(say) : await run(row, say)
  if (typeof verdict !== 'string') say(`skipped: ${verdict.skipped}`)
  const seconds = Math.round((performance.now() - started) / 100) / 10
  const word = typeof verdict === 'string' ? verdict : 'skipped'
  console.log(`   ${word}, ${seconds} s`)
  return { subject, row: name, doneWhen: row?.doneWhen ?? '', verdict: word, seconds, evidence }
}

function noRow(say: (line: string) => void): Verdict {
  say('this file exports no row')
  return 'red'
}

async function run(row: Row, say: (line: string) => void): Promise<Verdict> {
  const minutes = row.limitMinutes ?? 30
  const late = Promise.withResolvers<Verdict>()
  const timer = setTimeout(() => {
    say(`not done after ${minutes} minutes`)
    late.resolve('red')
  }, minutes * 60_000)
  try {
    return await Promise.race([row.run(say), late.promise])
  } catch (error) {
    say(`threw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return 'red'
  } finally {
    clearTimeout(timer)
  }
}

function printTable(proofs: readonly Proof[]): void {
  console.log('')
  for (const { verdict, seconds, subject, row } of proofs) {
    console.log(`${verdict.padEnd(8)}${seconds.toFixed(1).padStart(8)} s  ${subject}: ${row}`)
  }
  const green = proofs.filter(({ verdict }) => verdict === 'green').length
  console.log(`${green} of ${proofs.length} rows green`)
}

function writeReport(subject: string, proofs: readonly Proof[]): void {
  mkdirSync('.sotto/prove', { recursive: true })
  const report = { subject, date: new Date().toISOString(), node: process.versions.node, proofs }
  writeFileSync(`.sotto/prove/${subject}.json`, `${JSON.stringify(report, null, 2)}\n`)
}

/** For `npm test`: each row is one check. */
function writeCounts(proofs: readonly Proof[]): void {
  const path = process.env['SOTTO_COUNTS']
  if (path === undefined) return
  const of = (verdict: Proof['verdict']): readonly Proof[] => proofs.filter((proof) => proof.verdict === verdict)
  const skipped = of('skipped').map(({ subject, row, evidence }) => ({
    test: `${subject}: ${row}`,
    reason: evidence.at(-1)?.replace('skipped: ', '') ?? null,
  }))
  const counts = { files: proofs.length, passed: of('green').length, failed: of('red').length, skipped }
  writeFileSync(path, JSON.stringify(counts))
}
