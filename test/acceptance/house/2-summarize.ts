// Row: a real summary of real documents, in an empty network namespace, under strace, checked against the sources.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emptyNetwork } from '../../../scripts/emptyNetwork.mjs'
import { ensureDebianPackage } from '../../../scripts/systemPackages.mjs'
import { longText } from '../longText.ts'
import { checkout, sotto } from '../runSotto.ts'
import type { Evidence, Row } from '../row.ts'
import { parseSummary, type SummaryOutput } from '../summaryOutput.ts'
import { outsideConnects } from '../connects.ts'

/** What a claim's locator covers, by a reader that is not ours. */
type SourceText = (locator: SummaryOutput['summary']['claims'][number]['locators'][number]) => string

const pdf = join(checkout, 'resources', 'samples', 'harbour-report.pdf')

export const row: Row = {
  name: 'summarize',
  doneWhen:
    'npx sotto summarize of the sample PDF, and of a text of at least 100,000 words of real free prose, ends by itself ' +
    'with the starter model: claims verbatim with right locators, coverage complete, provenance filled; inside an empty ' +
    'network namespace; strace shows no connect to a non-loopback address.',
  limitMinutes: 45,
  async run(evidence) {
    const strace = ensureDebianPackage('strace', ['strace'])
    const poppler = ensureDebianPackage('poppler-utils', ['pdftotext'])
    const network = emptyNetwork(process.execPath)
    const text = longText()
    if (strace.path === undefined) return { skipped: strace.reason ?? 'no strace' }
    if (poppler.path === undefined) return { skipped: poppler.reason ?? 'no pdftotext' }
    if (network.reason !== undefined) return { skipped: network.reason }
    if ('reason' in text) return { skipped: text.reason }
    const wrap = { strace: strace.path, network: network.prefix }
    const verdicts = [
      await check(pdf, wrap, pageText(pdf), evidence),
      await check(text.path, wrap, lineText(text.path), evidence),
    ]
    evidence(`the text has ${text.words} words`)
    return verdicts.every(Boolean) && text.words >= 100_000 ? 'green' : 'red'
  },
}

async function check(
  path: string,
  wrap: { readonly strace: string; readonly network: readonly string[] },
  source: SourceText,
  evidence: Evidence,
): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-row-'))
  const trace = join(folder, 'trace')
  const prefix = [
    wrap.strace,
    '-f',
    '--seccomp-bpf',
    '-qq',
    '-e',
    'trace=connect,sendto,sendmsg,sendmmsg',
    '-o',
    trace,
    ...wrap.network,
  ]
  try {
    const run = await sotto(['summarize', path, '--json'], { prefix })
    const name = path.split('/').at(-1) ?? ''
    if (run.code !== 0) {
      evidence(`${name}: exit ${run.code}: ${run.stdout.slice(0, 300)} ${run.stderr.slice(-300)}`)
      return false
    }
    const outside = outsideConnects(readFileSync(trace, 'utf8'))
    return judge({ name, output: parseSummary(run.stdout), source, seconds: run.seconds, outside }, evidence)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

type Judged = {
  readonly name: string
  readonly output: SummaryOutput
  readonly source: SourceText
  readonly seconds: number
  readonly outside: readonly string[]
}

function judge({ name, output, source, seconds, outside }: Judged, evidence: Evidence): boolean {
  const { summary, provenance } = output
  const verbatim = summary.claims.filter(
    (claim) =>
      claim.supported &&
      claim.locators.length > 0 &&
      squeeze(claim.locators.map(source).join(' ')).includes(squeeze(claim.text)),
  )
  const complete = summary.coverage.total > 0 && summary.coverage.read === summary.coverage.total
  const filled =
    /^[0-9a-f]{64}$/.test(provenance.documentSha256) &&
    /^[0-9a-f]{64}$/.test(provenance.model.sha256) &&
    provenance.prompt.id !== '' &&
    provenance.prompt.version !== '' &&
    provenance.mode === 'extractive'
  evidence(
    `${name}: ${seconds.toFixed(1)} s under strace, ${verbatim.length} of ${summary.claims.length} claims verbatim at their ` +
      `locators, coverage ${summary.coverage.read} of ${summary.coverage.total} ${summary.coverage.unit}s ` +
      `(${summary.coverage.withoutText.length} without text), provenance ${filled ? 'filled' : 'MISSING'}, ` +
      `${outside.length} connects outside loopback`,
  )
  evidence(`  "${summary.text.slice(0, 220).replaceAll('\n', ' ')}…"`)
  for (const claim of summary.claims.filter((one) => !verbatim.includes(one))) {
    evidence(`  not found at ${JSON.stringify(claim.locators)}: ${claim.text.slice(0, 160)}`)
  }
  for (const line of outside.slice(0, 5)) evidence(`  ${line}`)
  return (
    summary.claims.length > 0 && verbatim.length === summary.claims.length && complete && filled && outside.length === 0
  )
}

/** Letters and digits only: line breaks, hyphenation and ligatures are laid out differently by every reader. */
function squeeze(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .toLowerCase()
}

function pageText(path: string): SourceText {
  return (locator) => {
    if (locator.kind !== 'page') return ''
    const page = String(locator.page)
    return execFileSync('pdftotext', ['-f', page, '-l', page, path, '-'], { encoding: 'utf8' })
  }
}

function lineText(path: string): SourceText {
  const lines = readFileSync(path, 'utf8').split('\n')
  return (locator) => (locator.kind === 'lines' ? lines.slice(locator.from - 1, locator.to).join(' ') : '')
}
