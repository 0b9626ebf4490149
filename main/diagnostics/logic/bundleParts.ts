// What a report for support may say. Nothing gets in that is not named here: numbers, yes and no, and words of ours.
import type { GpuPanel, Measurement } from '#contract/machine.ts'
import type { GpuTest, ModelRecord } from '#contract/model.ts'
import type { SettingEntry } from '#contract/setting.ts'
import type { DoctorCheck } from '#contract/system.ts'

/** Something the report may say. */
export type Entry = Readonly<Record<string, unknown>>

/** Settings whose text is one of a few words of ours; of any other text only whether there is one. */
const plainSettings: readonly string[] = ['theme', 'language', 'gpu']

/** Numbers that are a person's own affair. */
const privateNumbers: readonly string[] = ['cloudBudgetUsd']

/** Details of a check that are words of ours. */
const plainDetails: readonly string[] = ['context', 'backend', 'by', 'mode']

/** A code or word of ours; anything else becomes `other`. */
export function codeWord(value: string): string {
  return /^[a-z][a-z0-9-]{0,39}$/.test(value) ? value : 'other'
}

/** A setting without what a person wrote into it. */
export function settingPart({ key, value, source, locked }: SettingEntry): Entry {
  const plain = typeof value === 'string' ? plainSettings.includes(key) : !privateNumbers.includes(key)
  return { key, value: plain ? value : value === '' || value === 0 ? 'unset' : 'set', source, locked }
}

/** A check with its numbers and codes. */
export function checkPart({ id, state, details, failure }: DoctorCheck): Entry {
  const kept = Object.entries(details).flatMap(([key, value]): [string, string | number][] => {
    if (typeof value === 'number') return [[key, value]]
    return plainDetails.includes(key) ? [[key, codeWord(value)]] : []
  })
  return { id, state, details: Object.fromEntries(kept), failure: failure === null ? null : codeWord(failure.code) }
}

/** A model by what the catalogue calls it; of any other only its measures. */
export function modelPart(model: ModelRecord): Entry {
  const { bytes, parameters, contextTokens, summaryMode, chatWrapper, starter, catalogueId, ours } = model
  return { catalogueId, bytes, parameters, contextTokens, summaryMode, chatWrapper, starter, ours }
}

/** What a GPU calls itself, as far as it is letters, digits and the like. */
export function hardwareName(name: string | null): string | null {
  return name === null ? null : name.replaceAll(/[^A-Za-z0-9 ()+,.@-]/g, '').slice(0, 80)
}

/** The GPU panel without the model's id. */
export function gpuPart({ modelId: _, state, lastWorking, tests, ...panel }: GpuPanel): Entry {
  const named = <State extends { readonly deviceName: string | null }>(one: State | null) =>
    one === null ? null : { ...one, deviceName: hardwareName(one.deviceName) }
  return { ...panel, state: named(state), lastWorking: named(lastWorking), tests: tests.map(testPart) }
}

function testPart({ backend, outcome, deviceNames, memoryBytes }: GpuTest): Entry {
  return { backend, outcome, deviceNames: deviceNames.map(hardwareName), memoryBytes }
}

/** A measurement without the model's id, name and hash; `catalogueId` says which it is where that is public. */
export function measurementPart(measured: Measurement, catalogueId: string | null): Entry {
  const { modelId: _id, modelName: _name, modelSha256: _hash, state, ...figures } = measured
  return { catalogueId, ...figures, state: { ...state, deviceName: hardwareName(state.deviceName) } }
}
