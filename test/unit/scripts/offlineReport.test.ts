// The auditor's report: a verdict for all layers together, and every layer's own with its evidence.
import { describe, expect, test } from 'vitest'
import { type Layer, type OfflineReport, reportAsMarkdown, verdictOf } from '../../../scripts/offlineReport.ts'

function layer(id: string, verdict: Layer['verdict'], evidence: readonly string[] = []): Layer {
  return { id, shows: `what ${id} shows`, verdict, seconds: 1.5, evidence }
}

describe('the verdict of all layers', () => {
  test.each<[string, readonly Layer['verdict'][]]>([
    ['passed', ['passed', 'passed']],
    ['passed in part', ['passed', 'left out']],
    ['failed', ['passed', 'failed', 'left out']],
    ['failed', ['left out', 'left out']],
    ['failed', []],
  ])('%s: %j', (verdict, layers) => {
    expect(verdictOf(layers.map((each) => ({ verdict: each })))).toBe(verdict)
  })
})

test('the page names the verdict, every layer with its reasons, every input, and how to check it again', () => {
  const layers = [layer('L1', 'passed', ['691 files read']), layer('L5', 'left out', ['left out: not asked for'])]
  const report: OfflineReport = {
    verdict: verdictOf(layers),
    date: '2026-11-20T12:00:00.000Z',
    commit: 'a'.repeat(40),
    changed: false,
    versions: { sotto: '0.1.0', eslint: '10.15.0' },
    machine: 'linux',
    inputs: [{ path: 'eslint.config.js', sha256: 'b'.repeat(64) }],
    layers,
  }
  const lines = reportAsMarkdown(report).split('\n')
  for (const line of [
    '**Verdict: passed in part.** Each layer has its own below; a layer that was left out says why.',
    `- Commit: ${'a'.repeat(40)}`,
    '- Versions: sotto 0.1.0, eslint 10.15.0',
    '| L1 | what L1 shows | passed | 1.5 |',
    '| L5 | what L5 shows | left out | 1.5 |',
    `- \`eslint.config.js\`: ${'b'.repeat(64)}`,
    '691 files read',
    'left out: not asked for',
    '## To check this again',
    '## What this does not show',
  ]) {
    expect(lines).toContain(line)
  }
})
