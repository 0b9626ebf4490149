// A model that is there: its record for people, and its description for the engine if it may and can be loaded.
import type { ModelRecord } from '#contract/model.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import type { SettingValues } from '#contract/setting.ts'
import type { ModelToLoad, WrapperSpec } from '../inference/localGenerator.ts'
import type { CatalogueEntry } from './catalogue/catalogue.ts'
import { fitContext } from './logic/fit.ts'
import type { LinkedModel } from './modelRows.ts'

/** A linked model or the starter, with what the catalogue knows of it. */
export type InstalledModel = LinkedModel & { readonly entry: CatalogueEntry | null }

/** This computer and the person's wishes at the moment of loading. Bytes; threads 0 means measured. */
export type Circumstances = {
  readonly availableBytes: number
  readonly threads: number
  readonly gpu: SettingValues['gpu']
  /** Tokens of context a person asked for; 0: the usual size. */
  readonly contextTokens: number
}

/** No model gets a larger context by itself: state grows with it, and the person can ask for more. */
const usualContextTokens = 8192

/** The record as the contract has it; `shared`: its file lies in the computer's folder for everybody. */
export function recordOf(model: InstalledModel, shared = false): ModelRecord {
  const { entry, facts } = model
  return {
    id: model.id,
    name: model.name,
    path: model.path,
    bytes: model.stamp.bytes,
    sha256: model.sha256,
    architecture: facts.architecture,
    parameters: facts.parameters,
    contextTokens: contextLimit(model),
    summaryMode: entry?.summaryMode ?? 'free',
    chatWrapper: wrapperState(model),
    starter: entry?.starter ?? false,
    licence: entry?.licence.id ?? null,
    catalogueId: entry?.id ?? null,
    ours: model.ours,
    shared,
  }
}

/** What the engine needs. Failures: `model-too-large`, `model-invalid` with `template-needs-permission`. */
export function describeModel(model: InstalledModel, circumstances: Circumstances): Result<ModelToLoad> {
  const { entry, facts, name } = model
  const wrapper = wrapperOf(model)
  if (wrapper === null) return fail('model-invalid', { name, reason: 'template-needs-permission' })
  const { availableBytes } = circumstances
  const limit = contextLimit(model)
  const wanted = Math.min(limit, Math.max(usualContextTokens, circumstances.contextTokens))
  const fit = fitContext(model.stamp.bytes, facts, wanted, availableBytes)
  if (!fit.fits) return fail('model-too-large', { name, neededBytes: fit.neededBytes, availableBytes })
  return ok({
    modelId: model.id,
    name,
    path: model.path,
    sha256: model.sha256,
    contextTokens: fit.contextTokens,
    largestContextTokens: fitContext(model.stamp.bytes, facts, limit, availableBytes).contextTokens,
    mapContextTokens: fit.mapContextTokens,
    summaryMode: entry?.summaryMode ?? 'free',
    languages: entry?.languages ?? [],
    wrapper,
    threads: circumstances.threads,
    calibratedThreads: entry === null || entry.calibratedThreads === 0 ? null : entry.calibratedThreads,
    gpu: entry?.gpu === false ? 'unused' : circumstances.gpu,
    // Besides its blocks every model has an output layer.
    totalLayers: facts.blockCount + 1,
  })
}

function contextLimit({ entry, facts }: InstalledModel): number {
  return Math.min(facts.contextLength, entry?.contextTokens ?? facts.contextLength)
}

function wrapperState(model: InstalledModel): ModelRecord['chatWrapper'] {
  if (model.entry !== null) return 'catalogue'
  if (model.wrapper !== null) return 'matched'
  return model.wrapperAllowed ? 'allowed' : 'needs-permission'
}

function wrapperOf(model: InstalledModel): WrapperSpec | null {
  if (model.entry !== null) return model.entry.wrapper
  if (model.wrapper !== null) return { kind: 'builtin', name: model.wrapper }
  return model.wrapperAllowed ? { kind: 'embedded' } : null
}
