// `sotto compare` and `sotto export` over faked services: what is printed, what is written, what is refused.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ok } from '#contract/result.ts'
import { compareOutput } from '../../../../main/hosts/cli/output.ts'
import type { Handlers } from '../../../../main/rpc/handler.ts'
import { createSampleExports, sampleComparison, sampleDocument } from '../../../fakes/exportSamples.ts'
import { runFakeCli } from './fakeCli.ts'

const exports = createSampleExports(path.resolve(import.meta.dirname, '../../../../resources'))
const { document } = sampleDocument('ab06', 'Contract v1.pdf', ['One sentence.'])
const handlers: Partial<Handlers> = {
  'documents.add': async function* () {
    yield { type: 'added', document }
    yield { type: 'finished', reason: 'complete', coverage: document.coverage }
    return ok(undefined)
  },
  'comparisons.compare': async function* () {
    yield { type: 'comparison', comparison: sampleComparison.comparison }
    yield { type: 'finished', reason: 'complete' }
    return ok(undefined)
  },
  'comparisons.changes': async ({ from, count }) => ok(sampleComparison.changes.slice(from, from + count)),
  'exports.make': (order, { signal }) => exports.make(order, signal),
}
let folder: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sotto-compare-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('changes are printed by kind, substance first, with both places', async () => {
  const { code, output } = await runFakeCli(['compare', 'v1.pdf', 'v2.pdf'], { handlers })
  expect(code).toBe(0)
  expect(output).toContain('Contract v1.pdf → Contract v2.pdf')
  expect(output.indexOf('Changed in substance')).toBeLessThan(output.indexOf('Wording only'))
  expect(output).toContain('The Supplier is [not] liable for indirect damages. [p. 1]')
})

test('progress is told in passages, and a step without a count leaves the line as it is', async () => {
  const progress = (stage: 'reading' | 'aligning', done: number, total: number) =>
    ({ type: 'progress', stage, done, total }) as const
  const telling: Partial<Handlers> = {
    ...handlers,
    'comparisons.compare': async function* () {
      yield progress('reading', 0, 0)
      yield progress('aligning', 0, 0)
      yield progress('aligning', 12, 37)
      yield progress('aligning', 0, 0)
      yield { type: 'comparison', comparison: sampleComparison.comparison }
      yield { type: 'finished', reason: 'complete' }
      return ok(undefined)
    },
  }
  const { errors } = await runFakeCli(['compare', 'v1.pdf', 'v2.pdf'], { handlers: telling })
  expect(errors).toContain('Fetching both texts')
  expect(errors).toContain('Finding what became what: 12 of 37 passages')
  expect(errors).not.toContain('0 of 0')
})

test('as JSON the comparison comes with all its changes', async () => {
  const { output } = await runFakeCli(['compare', 'v1.pdf', 'v2.pdf', '--json'], { handlers })
  expect(compareOutput.parse(JSON.parse(output))).toEqual(sampleComparison)
})

test('a file is written once; a second time nothing is written over it', async () => {
  const file = path.join(folder, 'changes.html')
  const first = await runFakeCli(['compare', 'v1.pdf', 'v2.pdf', '--output', file], { handlers })
  expect([first.code, first.output]).toEqual([0, ''])
  const written = readFileSync(file, 'utf8')
  expect(written).toContain('<del>not</del>')
  const second = await runFakeCli(['compare', 'v1.pdf', 'v2.pdf', '--output', file], { handlers })
  expect(second.code).toBe(1)
  expect(second.errors).toContain('changes.html')
  expect(readFileSync(file, 'utf8')).toBe(written)
})

test('a folder that is not there is told', async () => {
  const file = path.join(folder, 'none', 'changes.md')
  const { code, errors } = await runFakeCli(['export', 'comparison', 'comparison-1', '--output', file], { handlers })
  expect([code, errors.includes('changes.md')]).toEqual([1, true])
})

test('text goes to the output, without anything a terminal would obey', async () => {
  const { code, output } = await runFakeCli(['export', 'comparison', 'comparison-1', '--format', 'text'], { handlers })
  expect(code).toBe(0)
  expect(output).toContain('The Supplier is [−not−] liable')
  expect(output).not.toContain('\u001b')
})

test.each([
  [['compare', 'v1.pdf']],
  [['compare', 'v1.pdf', 'v2.pdf', 'v3.pdf']],
  [['compare', 'v1.pdf', 'v2.pdf', '--format', 'doc']],
  [['compare', 'v1.pdf', 'v2.pdf', '--output', 'changes.exe']],
  [['export', 'diary', 'x']],
  [['export', 'summary']],
])('%j is not understood', async (argv) => {
  expect((await runFakeCli(argv, { handlers })).code).toBe(2)
})
