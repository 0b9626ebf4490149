// A second opinion: Electronegativity over the compiled app, fetched by npm when it is run and kept nowhere in the project.
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { isAbsolute, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { parse } from 'csv-parse/sync'
import type { Finding, Level } from './securityScan.ts'

const tool = '@doyensec/electronegativity@1.10.3'

/** The tool's own words for how grave a finding is. */
const levels: Readonly<Record<string, Level>> = {
  INFORMATIONAL: 'note',
  LOW: 'warning',
  MEDIUM: 'warning',
  HIGH: 'error',
}

type Row = Readonly<Record<'issue' | 'severity' | 'filename' | 'location' | 'sample', string>>

/** Findings with files relative to the compiled app, or why the tool could not be run here. */
export async function scanWithElectronegativity(
  repository: string,
): Promise<{ readonly findings: readonly Finding[] } | { readonly reason: string }> {
  const app = join(repository, 'dist', 'app')
  const folder = mkdtempSync(join(tmpdir(), 'sotto-scan-'))
  try {
    const output = join(folder, 'findings.csv')
    const words = [
      'exec',
      '--yes',
      `--package=${tool}`,
      '--',
      'electronegativity',
      '-i',
      app,
      '-e',
      '45.3.4',
      '-o',
      output,
    ]
    // Away from the checkout: npm would take its packages for those of the project.
    await promisify(execFile)('npm', words, { cwd: folder, timeout: 300_000, shell: process.platform === 'win32' })
    return { findings: read(readFileSync(output, 'utf8'), app) }
  } catch {
    return { reason: `${tool} could not be fetched or run here` }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function read(csv: string, app: string): readonly Finding[] {
  const rows = parse(csv, { columns: true, trim: true, relax_quotes: true, relax_column_count: true }) as readonly Row[] // as: the tool's columns
  return rows.map(({ issue, severity, filename, location, sample }) => ({
    level: levels[severity] ?? 'error',
    rule: issue,
    file: isAbsolute(filename) ? relative(app, filename).split(sep).join('/') : '',
    line: Number(location.split(':')[0]),
    text: sample,
  }))
}
