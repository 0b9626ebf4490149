// Row: static security scans of the code that runs with Electron's rights, finding by finding.
import { buildElectron } from '../../../scripts/buildElectron.ts'
import { scanWithElectronegativity } from '../../../scripts/packaging/electronegativity.ts'
import { isOfSecondTool, reasons } from '../../../scripts/packaging/securityFindings.ts'
import { judge, scanWithLint, type Finding } from '../../../scripts/packaging/securityScan.ts'
import type { Evidence, Row } from '../row.ts'
import { checkout } from '../runSotto.ts'

export const row: Row = {
  name: 'scan',
  doneWhen:
    'A static security scan of the Electron code (a kept tool) leaves no finding above note level: each is mended, or ' +
    'its reason stands in scripts/packaging/securityFindings.ts and is still needed.',
  async run(evidence) {
    const { files, findings } = await scanWithLint(checkout)
    tell('eslint-plugin-security', findings, evidence)
    evidence(`  ${files} files of main/hosts/electron, main/hosts/node and preload; comments turn no rule off`)
    const second = buildElectron(checkout, evidence)
      ? await scanWithElectronegativity(checkout)
      : { reason: 'not built' }
    if ('reason' in second) evidence(`electronegativity: not run: ${second.reason}`)
    else tell('electronegativity', second.findings, evidence)
    const all = 'reason' in second ? findings : [...findings, ...second.findings]
    const wanted = 'reason' in second ? reasons.filter((reason) => !isOfSecondTool(reason)) : reasons
    const { open, answered, stale } = judge(all, wanted)
    evidence(`${answered.length} findings answered by ${wanted.length} reasons, ${open.length} open`)
    for (const { level, rule, file, line, text } of open) evidence(`open: ${level}: ${rule}: ${file}:${line}: ${text}`)
    for (const { rule, file, code } of stale) evidence(`a reason nothing needs: ${rule}: ${file}: ${code}`)
    return open.length === 0 && stale.length === 0 && files > 30 ? 'green' : 'red'
  },
}

function tell(tool: string, findings: readonly Finding[], evidence: Evidence): void {
  const of = (level: Finding['level']): number => findings.filter((finding) => finding.level === level).length
  evidence(`${tool}: ${of('error')} errors, ${of('warning')} warnings, ${of('note')} notes`)
}
