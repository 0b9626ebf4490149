// The Models room as on a computer with a graphics card: what fits, what is on its way, what was found and measured.
import type { DeviceState, GpuPanel, Measurement } from '#contract/machine.ts'
import type { CatalogueModel, FitVerdict, ModelDownload } from '#contract/model.ts'
import { failureOf } from '#contract/result.ts'
import type { Answers } from './alteredAnswers.ts'
import type { RoomState } from './roomState.ts'

const gib = 1024 ** 3
const hash = 'c0ffee'.repeat(11).slice(0, 64)

function verdict(kind: FitVerdict['kind'], neededBytes: number, contextTokens = 12_480): FitVerdict {
  const gpu = kind === 'gpu' || kind === 'gpu-part'
  return {
    kind,
    contextTokens,
    neededBytes,
    availableBytes: 9.8e9,
    totalBytes: 16 * gib,
    gpuName: gpu ? 'Radeon 780M' : null,
    gpuLayers: kind === 'gpu-part' ? 28 : gpu ? 33 : null,
    totalLayers: gpu ? 33 : null,
    exact: false,
  }
}

function judged(models: readonly CatalogueModel[]): CatalogueModel[] {
  return models.map((model) => {
    if (model.id === 'qwen3.5-4b') return { ...model, preferred: true, verdict: verdict('gpu', 4.1e9) }
    const preferred = { ...model, preferred: false }
    if (model.bytes < 2.2e9) return { ...preferred, verdict: verdict('gpu', model.bytes * 1.4, 32_768) }
    if (model.bytes < 4e9) return { ...preferred, verdict: verdict('gpu-part', model.bytes * 1.4, 8192) }
    if (model.bytes < 6e9) return { ...preferred, verdict: verdict('slow', model.bytes * 1.3, 8192) }
    return { ...preferred, verdict: verdict('too-large', model.bytes * 1.3, 0) }
  })
}

const vulkan: DeviceState = { device: 'vulkan', deviceName: 'Radeon 780M', gpuLayers: 28, totalLayers: 33 }

const gpu: GpuPanel = {
  modelId: 'qwen',
  known: 'running',
  state: vulkan,
  reason: 'out-of-memory',
  wish: 'auto',
  wishLocked: false,
  devices: ['vulkan', 'cpu'],
  tests: [
    { backend: 'vulkan', outcome: 'works', deviceNames: ['Radeon 780M'], memoryBytes: 8 * gib },
    { backend: 'cpu', outcome: 'works', deviceNames: [], memoryBytes: null },
  ],
  testedAt: '2026-11-20T09:00:00.000Z',
  lastWorking: null,
  canRestore: false,
  threads: 6,
  onBattery: true,
  savesBattery: true,
}

const broken: GpuPanel = {
  ...gpu,
  known: 'remembered',
  state: { device: 'cpu', deviceName: null, gpuLayers: 0, totalLayers: 33 },
  reason: 'crash-loop',
  tests: [
    { backend: 'vulkan', outcome: 'crashed', deviceNames: [], memoryBytes: null },
    { backend: 'cpu', outcome: 'works', deviceNames: [], memoryBytes: null },
  ],
  lastWorking: { ...vulkan, at: '2026-11-19T16:20:00.000Z' },
  canRestore: true,
  onBattery: false,
  savesBattery: false,
}

function measurement(modelId: string, modelName: string, change: Partial<Measurement>): Measurement {
  return {
    modelId,
    modelName,
    modelSha256: hash,
    readTokensPerSecond: 412,
    writeTokensPerSecond: 31.4,
    memoryBytes: 3.4e9,
    quality: { texts: 6, facts: 32, kept: 29, invented: 0, unusable: 0, mode: 'free' },
    state: vulkan,
    threads: 6,
    contextTokens: 12_000,
    appVersion: '0.1.0',
    engineVersion: '3.21.1',
    measuredAt: '2026-11-20T09:30:00.000Z',
    current: true,
    ...change,
  }
}

const measurements: readonly Measurement[] = [
  measurement('starter', 'Sotto Starter', {
    writeTokensPerSecond: 540,
    readTokensPerSecond: 3100,
    memoryBytes: 1.3e8,
    quality: { texts: 6, facts: 32, kept: 14, invented: 0, unusable: 0, mode: 'extractive' },
    state: { device: 'cpu', deviceName: null, gpuLayers: 0, totalLayers: 7 },
    threads: 1,
  }),
  measurement('qwen', 'Qwen3.5 4B', {}),
  measurement('gemma', 'Gemma 3n E2B', {
    writeTokensPerSecond: 18.2,
    quality: { texts: 6, facts: 32, kept: 24, invented: 2, unusable: 1, mode: 'free' },
    current: false,
  }),
]

function download(id: string, name: string, change: Partial<ModelDownload>): ModelDownload {
  return {
    id,
    name,
    repository: 'unsloth/Qwen3.5-4B-GGUF',
    file: `${id}.gguf`,
    state: 'running',
    receivedBytes: 1.2e9,
    totalBytes: 2.7e9,
    bytesPerSecond: 1.1e7,
    secondsLeft: 136,
    failure: null,
    modelId: null,
    sha256: null,
    pinned: false,
    ...change,
  }
}

const downloads: readonly ModelDownload[] = [
  download('a', 'Qwen3.5 4B', {}),
  download('b', 'Ministral 3B', { state: 'paused', receivedBytes: 4e8, bytesPerSecond: null, secondsLeft: null }),
  download('c', 'Phi-5 mini', {
    state: 'failed',
    receivedBytes: 9e8,
    bytesPerSecond: null,
    secondsLeft: null,
    failure: failureOf('disk-full', { folder: 'models' }),
  }),
  download('d', 'EmbeddingGemma 300M', { state: 'complete', receivedBytes: 3.3e8, totalBytes: 3.3e8, pinned: true }),
]

const supplied: Answers = {
  'models.catalog': (_, own) => judged(own ?? []),
  'models.catalogue-state': () => ({ source: 'built-in', version: 1, expires: null, refused: null }),
  'models.downloads': () => [],
  'machine.gpu': () => gpu,
  'machine.measurements': () => [...measurements],
  'models.scan': () => ({
    folders: [
      { peer: 'ollama', path: '/home/anna/.ollama/models', state: 'read' },
      { peer: 'lm-studio', path: '/home/anna/.lmstudio/models', state: 'read' },
      { peer: 'jan', path: '/mnt/share/jan', state: 'unreadable' },
    ],
    models: [
      { peer: 'ollama', name: 'gemma3:4b', path: '/o/1', bytes: 3.3e9, leftOut: null, modelId: null },
      { peer: 'ollama', name: 'llama3.2:3b', path: '/o/2', bytes: 2e9, leftOut: null, modelId: 'x' },
      { peer: 'lm-studio', name: 'Qwen3-8B-Q4_K_M', path: '/l/1', bytes: 5e9, leftOut: null, modelId: null },
      { peer: 'lm-studio', name: 'mmproj-Qwen3-VL-f16', path: '/l/2', bytes: 8e8, leftOut: 'projector', modelId: null },
    ],
  }),
  'models.files': () => ({
    repository: 'user/repo',
    files: [
      {
        file: 'm-Q4_K_M.gguf',
        bytes: 2.5e9,
        sha256: hash,
        quantisation: 'Q4_K_M',
        leftOut: null,
        verdict: verdict('gpu', 3.6e9),
        preferred: true,
      },
      {
        file: 'm-Q8_0.gguf',
        bytes: 4.3e9,
        sha256: hash,
        quantisation: 'Q8_0',
        leftOut: null,
        verdict: verdict('slow', 5.6e9, 4096),
        preferred: false,
      },
      {
        file: 'm-BF16-00001-of-00002.gguf',
        bytes: 8e9,
        sha256: null,
        quantisation: 'BF16',
        leftOut: 'multi-part',
        verdict: null,
        preferred: false,
      },
    ],
  }),
}

/** States of the Models room. */
export function modelStates(): readonly RoomState[] {
  return [
    { name: 'models-supply', hash: '#/models', answers: supplied },
    {
      name: 'models-catalogue',
      hash: '#/models',
      answers: supplied,
      act: async (page, say) => {
        const section = page.getByRole('region', { name: say('models.catalogue.title') })
        await section.getByText(say('models.catalogue.details')).first().click()
        await section.getByRole('article').nth(1).scrollIntoViewIfNeeded()
      },
    },
    {
      name: 'models-downloads',
      hash: '#/models',
      answers: { ...supplied, 'models.downloads': () => [...downloads], 'machine.gpu': () => broken },
    },
    {
      name: 'models-found',
      hash: '#/models',
      answers: supplied,
      act: async (page, say) => {
        await page.getByRole('button', { name: say('models.programs.look') }).click()
        await page.getByRole('textbox', { name: say('models.outside.field') }).fill('user/repo')
        await page.getByRole('button', { name: say('models.outside.look'), exact: true }).click()
        await page.getByText('Q8_0').scrollIntoViewIfNeeded()
      },
    },
    {
      name: 'models-measured',
      hash: '#/models',
      answers: supplied,
      act: (page, say) => page.getByRole('heading', { name: say('models.measured.title') }).scrollIntoViewIfNeeded(),
    },
    {
      name: 'models-measuring',
      hash: '#/models',
      answers: {
        ...supplied,
        'machine.measurements': () => [],
        'machine.measure': () => [{ type: 'progress', stage: 'quality', done: 3, total: 6 }],
      },
      act: async (page, say) => {
        await page.getByRole('button', { name: say('models.measured.measureNamed', { name: 'Sotto Starter' }) }).click()
        await page.getByRole('progressbar', { name: say('models.measured.stage.quality') }).scrollIntoViewIfNeeded()
      },
    },
    {
      name: 'models-gpu-test',
      hash: '#/models',
      answers: {
        ...supplied,
        'machine.test-gpu': () => [
          {
            type: 'tested',
            test: { backend: 'vulkan', outcome: 'timed-out', deviceNames: [], memoryBytes: null },
            done: 1,
            total: 2,
          },
        ],
      },
      act: (page, say) => page.getByRole('button', { name: say('models.gpu.testAgain') }).click(),
    },
  ]
}
