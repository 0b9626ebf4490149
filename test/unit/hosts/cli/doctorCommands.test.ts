// `sotto doctor --bundle` and `--measure`: what is said before a report is written, and figures side by side.
import { expect, test } from 'vitest'
import type { Measurement, SupportBundle } from '#contract/machine.ts'
import { fail, ok } from '#contract/result.ts'
import { runFakeCli } from './fakeCli.ts'
import { starter } from './samples.ts'

const bundle: SupportBundle = {
  sha256: 'ab'.repeat(32),
  bytes: 5300,
  parts: [
    { name: 'versions', entries: 1, bytes: 92 },
    { name: 'checks', entries: 9, bytes: 770 },
  ],
  text: '{}\n',
}

const measured: Measurement = {
  modelId: 'm',
  modelName: 'Big Model',
  modelSha256: 'aa',
  readTokensPerSecond: 310.04,
  writeTokensPerSecond: null,
  memoryBytes: 5_200_000_000,
  quality: { texts: 6, facts: 36, kept: 30, invented: 1, unusable: 0, mode: 'free' },
  state: { device: 'vulkan', deviceName: 'Radeon 780M', gpuLayers: 28, totalLayers: 32 },
  threads: 7,
  contextTokens: 8192,
  appVersion: '0.1.0',
  engineVersion: '3.21.1',
  measuredAt: '2026-11-20T12:00:00.000Z',
  current: true,
}

test('the report is listed, then written where the person said', async () => {
  const written: unknown[] = []
  const run = await runFakeCli(['doctor', '--bundle', '/somewhere/report.json'], {
    handlers: {
      'diagnostics.bundle': async () => ok(bundle),
      'diagnostics.write-bundle': async (input) => {
        written.push(input)
        return ok({ bytes: 5300 })
      },
    },
  })
  expect(written).toEqual([{ sha256: bundle.sha256, path: '/somewhere/report.json' }])
  expect(run.code).toBe(0)
  expect(run.output).toContain('  Versions: 1 entry, 92 bytes\n  Checks: 9 entries, 770 bytes\n')
  expect(run.output).toContain('Written: /somewhere/report.json (5 kB).')
})

test('a file that is there is not written over; another ending is refused before anything is made', async () => {
  const handlers = {
    'diagnostics.bundle': async () => ok(bundle),
    'diagnostics.write-bundle': async () => fail('file-exists', { name: 'report.json' }),
  } as const
  const there = await runFakeCli(['doctor', '--bundle', '/somewhere/report.json'], { handlers })
  expect(there.code).toBe(1)
  const script = await runFakeCli(['doctor', '--bundle', 'report.sh'], { handlers: {} })
  expect(script.code).toBe(2)
})

test('every installed model is measured; one that fails is said, and the others are shown', async () => {
  const run = await runFakeCli(['doctor', '--measure'], {
    handlers: {
      'models.list': async () =>
        ok([
          { ...starter, id: 'm', name: 'Big Model' },
          { ...starter, id: 'n', name: 'Broken' },
        ]),
      'machine.measure': async function* ({ modelId }) {
        yield { type: 'progress', stage: 'loading', done: 0, total: 1 }
        if (modelId === 'n') return fail('model-load-failed', { name: 'Broken' })
        yield { type: 'finished', reason: 'complete', measurement: measured }
        return ok(undefined)
      },
      'machine.measurements': async () => ok([measured]),
    },
  })
  expect(run.code).toBe(1)
  expect(run.output).toContain('Big Model on Vulkan\n  reads 310, writes not known tokens a second; memory 5.2 GB\n')
  expect(run.output).toContain('kept 30 of 36 facts in 6 short texts; invented numbers: 1; unusable: 0')
})
