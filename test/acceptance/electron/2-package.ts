// Row: a package with a stand-in for Electron is what it says: content, fuses, weight, twice the same, and its CLI works.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { thisTarget } from '../../../scripts/packaging/target.ts'
import { digestOf, verifyPackage, type Verified } from '../../../scripts/packaging/verifyPackage.ts'
import { packStandIn, runPackedCli } from '../../packaging/standIn.ts'
import { parseSummary } from '../summaryOutput.ts'
import type { Evidence, Row } from '../row.ts'
import { checkout } from '../runSotto.ts'

export const row: Row = {
  name: 'package',
  doneWhen:
    'The stand-in package: content, fuses, natives at most 120 MB, two builds with the same digests, CLI boots from it.',
  async run(evidence) {
    const target = thisTarget()
    if (target === undefined) return { skipped: `no package is made for ${process.platform} on ${process.arch}` }
    const work = mkdtempSync(join(tmpdir(), 'sotto-row-package-'))
    try {
      const first = await packStandIn(target, join(work, 'first'))
      const second = await packStandIn(target, join(work, 'second'))
      for (const { code, errors } of [first, second]) if (code !== 0) evidence(`exit ${code}: ${errors.slice(-600)}`)
      if (first.code !== 0 || second.code !== 0) return 'red'
      const verified = await verifyPackage(checkout, first.folder, target)
      tellPackage(verified, evidence)
      const digests = [digestOf(first.folder), digestOf(second.folder)]
      evidence(`first build  ${digests[0]}`)
      evidence(`second build ${digests[1]}`)
      const sample = join('resources', 'samples', 'harbour-report.pdf')
      const run = await runPackedCli({ ...first, target }, join(work, 'files'), ['summarize', sample, '--json'])
      const works = run.code === 0 && tellSummary(run.output, evidence)
      if (!works) evidence(`the packed CLI: exit ${run.code}: ${run.errors.slice(-300)}`)
      return verified.problems.length === 0 && digests[0] === digests[1] && works ? 'green' : 'red'
    } finally {
      rmSync(work, { recursive: true, force: true })
    }
  },
}

function tellPackage({ packed, problems }: Verified, evidence: Evidence): void {
  const { sizes, fuses, archived, unpacked, toldHash, headerHash } = packed
  const mb = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`
  evidence(`stand-in for Electron, everything else real: folder ${mb(sizes.folder)}, archive ${mb(sizes.archive)}`)
  evidence(`natives ${mb(sizes.natives)}; ${archived.length} files, ${unpacked.length} of them beside the archive`)
  const names = Object.entries(fuses).map(([name, value]) => `${name} ${value === true ? 'on' : 'off'}`)
  evidence(`fuses: ${names.join(', ')}`)
  evidence(`archive header ${headerHash}, ${toldHash === undefined ? 'told to nobody on Linux' : `told ${toldHash}`}`)
  evidence(problems.length === 0 ? 'content exactly as expected' : `${problems.length} problems`)
  for (const problem of problems.slice(0, 10)) evidence(`  ${problem}`)
}

function tellSummary(json: string, evidence: Evidence): boolean {
  const { summary } = parseSummary(json)
  const { coverage, claims, text } = summary
  evidence(
    `the packed CLI under Node: ${claims.length} claims, ${coverage.read} of ${coverage.total} ${coverage.unit}s`,
  )
  evidence(`  "${text.slice(0, 200)}…"`)
  return claims.length > 0 && claims.every(({ supported }) => supported) && coverage.read === coverage.total
}
