// What the doctor says about the GPU, in both languages: layers in numbers, and why not more.
import { expect, test } from 'vitest'
import type { EngineState } from '#contract/model.ts'
import { ok } from '#contract/result.ts'
import { DoctorService, type DoctorNeeds } from '../../../main/diagnostics/doctorService.ts'
import { sentence } from '../../../main/hosts/cli/commands/doctor.ts'
import { createTranslator } from '../../../main/hosts/node/translator.ts'
import { createFakeHost } from '../../fakes/fakeHost.ts'

type Ready = Extract<EngineState, { readonly state: 'ready' }>

const onGpu: Ready = {
  state: 'ready',
  modelId: 'm',
  gpu: 'vulkan',
  gpuName: 'Radeon 780M',
  gpuLayers: 28,
  totalLayers: 32,
  threads: 4,
  contextTokens: 8192,
  mapSequences: 1,
  mapSequencesMeasured: false,
  fallback: 'out-of-memory',
}
const onProcessor = { ...onGpu, gpu: 'cpu', gpuName: null, gpuLayers: 0 } as const

/** The doctor's line about the GPU with a model loaded like that; everything else is left out. */
async function said(ready: Ready, language: 'en' | 'de'): Promise<string> {
  const host = createFakeHost()
  const needs = {
    host,
    keyPlace: 'none',
    storage: { check: async () => ok([]) },
    settings: { get: () => ({ value: 'auto' }), policyState: () => ({ state: 'none', source: null, issues: [] }) },
    models: {
      chosen: async () => ok({ name: 'm', bytes: 1, contextTokens: 1, starter: false }),
      testGpu: async () => ok([]),
    },
    engine: { state: () => ready, load: async () => ok(undefined), unload: async () => undefined },
    documents: {
      extract: async function* () {
        yield { type: 'segments', segments: [] }
        return ok(undefined)
      },
    },
    ledger: {
      totals: async () => ok({ contentBytes: 0, publicRequests: 0, refusals: 0 }),
      verify: async () => ok({ intact: true, entries: 0, anchored: true, broken: null }),
    },
    now: () => new Date(0),
  } as unknown as DoctorNeeds // as: only what the lines before and the one about the GPU ask for
  const localOnly = { ...needs, settings: { ...needs.settings, localOnlyCause: () => null } }
  const report = await new DoctorService(localOnly).doctor(new AbortController().signal)
  const line = report.ok ? report.value.find(({ id }) => id === 'gpu') : undefined
  if (line === undefined) throw new Error('no line about the GPU')
  return sentence(line, createTranslator(language, host.paths.resources))
}

test.each([
  [onGpu, 'Vulkan on Radeon 780M, 28 of 32 layers; the rest did not fit into its memory.'],
  [{ ...onGpu, gpuLayers: 32, fallback: null }, 'Vulkan on Radeon 780M, all 32 layers.'],
  [{ ...onProcessor, fallback: 'lost' }, 'The processor does the work; the GPU went away in the middle of work.'],
  [{ ...onProcessor, fallback: 'no-gpu' }, 'There is no GPU this build can use; the processor does the work.'],
] as const)('%#', async (ready, words) => {
  expect(await said(ready, 'en')).toBe(words)
})

test('in German', async () => {
  expect(await said(onGpu, 'de')).toBe(
    'Vulkan auf Radeon 780M, 28 von 32 Schichten; der Rest passte nicht in ihren Speicher.',
  )
  expect(await said({ ...onProcessor, fallback: 'crash-loop' }, 'de')).toBe(
    'Der Prozessor rechnet; die GPU ist zu oft abgestürzt und bleibt ungenutzt, bis sie neu getestet wird.',
  )
})
