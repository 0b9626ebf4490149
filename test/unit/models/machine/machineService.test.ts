// The GPU panel over a fake GPU and a real database: what it says, keeps between runs, and lets a person do.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { GpuPanel } from '#contract/machine.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import type { SettingValues } from '#contract/setting.ts'
import { MachineGpuStore } from '../../../../main/models/machine/machineGpuStore.ts'
import { MachineService } from '../../../../main/models/machine/machineService.ts'
import type { Storage } from '../../../../main/storage/storage.ts'
import { model, never, request, settle, setUp } from '../../../fakes/fakeEngineClient.ts'
import { createFakeGpu, onFakeGpu, type FakeGpu } from '../../../fakes/fakeGpu.ts'
import { openMemoryStorage } from '../../../fakes/memoryStorage.ts'

let storage: Storage
beforeEach(async () => {
  storage = await openMemoryStorage()
})
afterEach(() => storage.close())

/** A run of Sotto on that computer; every run has the same database. */
function startOn(gpu: FakeGpu, setting: { gpu: SettingValues['gpu']; locked?: boolean } = { gpu: 'auto' }) {
  const time = { at: Date.parse('2026-11-20T10:00:00Z') }
  const gpuMemory = new MachineGpuStore({ storage, now: () => new Date((time.at += 1000)) })
  const engine = setUp(onFakeGpu(gpu), { gpuMemory })
  const chosen = async () => ok({ ...model, gpu: setting.gpu, totalLayers: gpu.totalLayers })
  const announced: GpuPanel[] = []
  const plain = { source: 'person', reason: null, contact: null } as const
  const machine = new MachineService({
    settings: {
      get: () => ({ ...plain, value: setting.gpu, locked: setting.locked === true }),
      set: (key, value) => {
        if (setting.locked === true) return fail('setting-locked', { key, reason: '', contact: '' })
        setting.gpu = value
        return ok({ ...plain, key, value, locked: false })
      },
    },
    engine: engine.client,
    memory: gpuMemory,
    chosen,
    backends: ['cuda', 'vulkan', 'cpu'],
    onBattery: () => null,
    savesBattery: () => false,
    announce: (topic, value) => {
      if (topic === 'machine.gpu-changed') announced.push(value as GpuPanel) // as: the topic decides the value's type
    },
  })
  return {
    machine,
    announced,
    setting,
    async work() {
      engine.choice.model = await chosen()
      await through(engine, engine.client.generate(request(), { signal: never }))
      await machine.changed()
    },
  }
}

/** Lets restarts that wait go on; the database answers from a thread of its own. */
async function through<T>({ timers }: ReturnType<typeof setUp>, running: Promise<T>): Promise<T> {
  const state = { ended: false }
  void running.finally(() => (state.ended = true))
  while (!state.ended) {
    await settle()
    timers.advance(500)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return running
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.code)
  return result.value
}

const part = { device: 'vulkan', deviceName: 'Radeon 780M', gpuLayers: 28, totalLayers: 32 } as const
const processor = { device: 'cpu', deviceName: null, gpuLayers: 0, totalLayers: 32 } as const

describe('the panel', () => {
  test('before anything was tried', async () => {
    const { machine } = startOn(createFakeGpu())
    expect(await machine.gpu()).toEqual(
      ok({
        modelId: 'm',
        known: 'unknown',
        state: null,
        reason: null,
        wish: 'auto',
        wishLocked: false,
        devices: ['cuda', 'vulkan', 'cpu'],
        tests: [],
        testedAt: null,
        lastWorking: null,
        canRestore: false,
        threads: 0,
        onBattery: null,
        savesBattery: false,
      }),
    )
  })

  test('says what runs where and why not more, and remembers it for the next run', async () => {
    const gpu = createFakeGpu({ fittingLayers: 28 })
    const first = startOn(gpu)
    await first.work()
    const panel = valueOf(await first.machine.gpu())
    expect(panel).toMatchObject({ known: 'running', state: part, reason: 'out-of-memory', canRestore: false })
    expect(panel.lastWorking).toMatchObject(part)
    expect(panel.tests.map(({ backend, outcome }) => [backend, outcome])).toContainEqual(['vulkan', 'works'])
    const second = startOn(gpu)
    expect(valueOf(await second.machine.gpu())).toMatchObject({
      known: 'remembered',
      state: part,
      reason: 'out-of-memory',
    })
  })

  test('a GPU lost in the middle is announced', async () => {
    const gpu = createFakeGpu()
    const { machine, work, announced } = startOn(gpu)
    await work()
    gpu.present = false
    await work()
    await machine.close()
    expect(announced.map(({ state, reason }) => [state?.device, reason])).toEqual([
      ['vulkan', null],
      ['cpu', 'lost'],
    ])
    expect(announced.at(-1)).toMatchObject({ canRestore: true, lastWorking: { gpuLayers: 32 } })
  })

  test('a crash loop is a state, until a person has it tested', async () => {
    const gpu = createFakeGpu({ atWork: 'crashes' })
    for (let run = 0; run < 3; run++) await startOn(gpu).work()
    const left = startOn(gpu)
    expect(valueOf(await left.machine.gpu())).toMatchObject({
      known: 'remembered',
      state: processor,
      reason: 'crash-loop',
    })
    gpu.atWork = 'finishes'
    const items = []
    for await (const item of left.machine.testGpu(never)) items.push(item)
    expect(items.map(({ type }) => type)).toContain('tested')
    expect(items.at(-1)).toMatchObject({ type: 'finished', reason: 'complete', gpu: { known: 'unknown', state: null } })
    await left.work()
    expect(valueOf(await left.machine.gpu())).toMatchObject({
      state: { device: 'vulkan', gpuLayers: 32 },
      reason: null,
    })
  })
})

describe('what a person may do', () => {
  test('use the processor, then a backend', async () => {
    const { machine, work } = startOn(createFakeGpu())
    expect(valueOf(await machine.use('cpu'))).toMatchObject({ wish: 'cpu', state: processor, reason: 'turned-off' })
    await work()
    expect(valueOf(await machine.gpu())).toMatchObject({ known: 'running', state: processor, reason: 'turned-off' })
    await machine.use('vulkan')
    await work()
    expect(valueOf(await machine.gpu())).toMatchObject({ wish: 'vulkan', state: { device: 'vulkan', gpuLayers: 32 } })
  })

  test('go back to the last working state in one press, over a setting and a crash', async () => {
    const gpu = createFakeGpu({ fittingLayers: 28 })
    const first = startOn(gpu)
    await first.work()
    await first.machine.use('cpu')
    await first.work()
    expect(valueOf(await first.machine.gpu())).toMatchObject({ state: processor, canRestore: true, lastWorking: part })
    const restored = valueOf(await first.machine.restoreLastWorking())
    expect(restored).toMatchObject({ wish: 'vulkan', state: part, known: 'remembered' })
    await first.work()
    expect(valueOf(await first.machine.gpu())).toMatchObject({ known: 'running', state: part, canRestore: false })
  })

  test('nothing to go back to, and a lock, are said', async () => {
    expect(await startOn(createFakeGpu()).machine.restoreLastWorking()).toMatchObject({
      failure: { code: 'not-found', details: { what: 'gpu-state' } },
    })
    const { machine } = startOn(createFakeGpu(), { gpu: 'off', locked: true })
    expect(await machine.use('auto')).toMatchObject({ failure: { code: 'setting-locked' } })
    expect(valueOf(await machine.gpu())).toMatchObject({ wish: 'cpu', wishLocked: true })
  })
})
