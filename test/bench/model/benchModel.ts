// The bench model: written once to `.sotto/bench`, described for the engine as the app would.
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ModelToLoad } from '../../../main/inference/localGenerator.ts'
import { realisticShape, type Shape, smallShape, writeModel } from './writeModel.ts'

/** What benches leave behind; ignored by git. */
export const benchFolder = join(import.meta.dirname, '..', '..', '..', '.sotto', 'bench')

/** The path of the bench model, 675 MB, written first if it is not there (some seconds). */
export function ensureBenchModel(): Promise<string> {
  return ensure('sotto-bench', realisticShape)
}

/** The path of the same with 4-bit weights, 496 MB: what most people run. */
export function ensureFourBitModel(): Promise<string> {
  return ensure('sotto-bench-q4', { ...realisticShape, weights: 'q4' })
}

/** The path of a small model, 40 MB, that writes the same words: for what is counted and not timed. */
export function ensureSmallModel(): Promise<string> {
  return ensure('sotto-bench-small', smallShape)
}

/** The number in a name goes up whenever the writer changes what it writes. */
async function ensure(name: string, shape: Shape): Promise<string> {
  const file = join(benchFolder, `${name}-1.gguf`)
  if (existsSync(file)) return file
  await mkdir(benchFolder, { recursive: true })
  await writeModel(file, shape)
  return file
}

/** The bench model as `ModelService` would hand it to the engine; threads 0 is the app's own choice. */
export async function benchModel(changes: Partial<ModelToLoad> = {}): Promise<ModelToLoad> {
  return {
    modelId: 'sotto-bench',
    name: 'Sotto bench',
    path: changes.path ?? (await ensureBenchModel()),
    sha256: '0'.repeat(64),
    contextTokens: 4096,
    mapContextTokens: 1024,
    summaryMode: 'free',
    languages: ['en'],
    wrapper: { kind: 'builtin', name: 'chatML' },
    threads: 0,
    calibratedThreads: null,
    gpu: 'off',
    totalLayers: realisticShape.layers + 1,
    ...changes,
  }
}
