// What the room says about models: facts, where they run, pasted paths, and which one would be used.
import { describe, expect, test } from 'vitest'
import type { EngineState, ModelRecord } from '#contract/model.ts'
import type { SettingEntry } from '#contract/setting.ts'
import { pagesOf } from '../../../../renderer/features/models/modelFacts.ts'
import { nameOfPath, pathFrom } from '../../../../renderer/ui/pastedPath.ts'
import { placeWords } from '../../../../renderer/features/models/placeWords.ts'
import { likelyModel } from '../../../../renderer/state/likelyModel.ts'

const ready: Extract<EngineState, { state: 'ready' }> = {
  state: 'ready',
  modelId: 'm',
  gpu: 'cpu',
  gpuName: null,
  gpuLayers: 0,
  totalLayers: 6,
  threads: 1,
  contextTokens: 2048,
  mapSequences: 1,
  mapSequencesMeasured: false,
  fallback: null,
}

/** Keys and values instead of sentences. */
function say(key: string, values: Readonly<Record<string, unknown>> = {}): string {
  return [key.replace('models.engine.', ''), ...Object.values(values)].join('|')
}

test.each([
  [{}, 'threads|1, room|2048.'],
  [{ fallback: 'no-gpu' }, 'threads|1, room|2048. fallback.no-gpu'],
  [{ gpu: 'cuda', gpuName: 'RTX', gpuLayers: 6 }, 'wholly|RTX, room|2048.'],
  [{ gpu: 'vulkan', gpuLayers: 4, fallback: 'out-of-memory' }, 'partly|4|6|someGpu, room|2048. fallback.out-of-memory'],
  [{ gpu: 'cuda', gpuName: 'RTX', gpuLayers: 0, threads: 7 }, 'threads|7, room|2048.'],
] as const)('%j runs', (given, expected) => {
  expect(placeWords({ ...ready, ...given }, say)).toBe(expected)
})

test('pages are told carefully', () => {
  expect([100, 2048, 8192, 131_072].map(pagesOf)).toEqual([1, 3, 15, 252])
})

describe('pasted paths', () => {
  test.each([
    ['  /home/a/m.gguf \n', '/home/a/m.gguf'],
    ['"C:\\Users\\a b\\m.gguf"', 'C:\\Users\\a b\\m.gguf'],
    ["'/home/a/m.gguf'", '/home/a/m.gguf'],
    ['file:///home/a%20b/m.gguf', '/home/a b/m.gguf'],
    ['file:///C:/models/m.gguf', 'C:/models/m.gguf'],
    ['file://server/share/m.gguf', 'file://server/share/m.gguf'],
    ['file:///100%/m.gguf', '/100%/m.gguf'],
    ['"', '"'],
    ['', ''],
  ])('%j', (pasted, expected) => {
    expect(pathFrom(pasted)).toBe(expected)
  })

  test('the name is the last part on every system', () => {
    expect([nameOfPath('/a/b.gguf'), nameOfPath('C:\\a\\b.gguf'), nameOfPath('b.gguf'), nameOfPath('/')]).toEqual([
      'b.gguf',
      'b.gguf',
      'b.gguf',
      '/',
    ])
  })
})

describe('the model that would be used', () => {
  const starter = { id: 's', starter: true, chatWrapper: 'catalogue', parameters: 7 } as ModelRecord // as: the rest does not count
  const small = { id: 'a', starter: false, chatWrapper: 'matched', parameters: 10 } as ModelRecord // as: the rest does not count
  const large = { id: 'b', starter: false, chatWrapper: 'matched', parameters: 20 } as ModelRecord // as: the rest does not count
  const asking = { id: 'c', starter: false, chatWrapper: 'needs-permission', parameters: 99 } as ModelRecord // as: the rest does not count
  const models = [starter, small, asking, large]
  const idle: EngineState = { state: 'idle' }

  function chosen(value: string) {
    const modelId: SettingEntry = {
      key: 'modelId',
      value,
      source: 'person',
      locked: false,
      reason: null,
      contact: null,
    }
    return { modelId }
  }

  test.each([
    ['the loaded one', { ...ready, modelId: 'a' }, models, chosen('b'), 'a'],
    ['the chosen one', idle, models, chosen('s'), 's'],
    ['the largest that needs no permission', idle, models, chosen(''), 'b'],
    ['the same when the chosen one is gone', idle, models, chosen('x'), 'b'],
    ['the starter alone', idle, [starter, asking], {}, 's'],
    ['none', idle, [], {}, undefined],
  ])('is %s', (_, engine, all, settings, expected) => {
    expect(likelyModel({ engine, models: all, settings })?.id).toBe(expected)
  })
})
