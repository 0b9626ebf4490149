// The queue: priorities, pausing, parts of a whole, a choice of model, the time that is left, and what comes off the list.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Job } from '#contract/job.ts'
import { fail, ok } from '#contract/result.ts'
import type { JobOutcome, JobRunner } from '../../../main/jobs/jobRunner.ts'
import type { JobOrder } from '../../../main/jobs/jobService.ts'
import type { Storage } from '../../../main/storage/storage.ts'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'
import { createJobFixture, type JobFixture, valueOf, whenIn } from './jobFixture.ts'

let storage: Storage
let opened: JobFixture[]
beforeEach(async () => {
  storage = await openMemoryStorage()
  opened = []
})
afterEach(async () => {
  for (const { jobs } of opened) await jobs.close()
  await storage.close()
})

/** A process that has just started on this storage. */
function fixture(prefix = 'id', chatting?: () => boolean): JobFixture {
  const made = createJobFixture(storage, prefix, chatting)
  opened.push(made)
  return made
}

function order(title: string, changes: Partial<JobOrder> = {}): JobOrder {
  return { kind: 'summary', documentId: null, title, input: title, inputKey: title, fresh: false, ...changes }
}

/** Three steps; each waits until it is let go by name ("a:2"), and is given up when the job has to rest. */
function gated() {
  const log: string[] = []
  const reached = new Map<string, PromiseWithResolvers<void>>()
  const gates = new Map<string, PromiseWithResolvers<void>>()
  const of = (map: typeof gates, name: string) => {
    const known = map.get(name) ?? Promise.withResolvers<void>()
    map.set(name, known)
    return known
  }
  const runner: JobRunner = async (context) => {
    context.plan(3)
    for (const step of [1, 2, 3]) {
      const name = `${context.input}:${step}`
      const output = await context.step(name, async () => {
        of(reached, name).resolve()
        const left = new Promise<void>((resolve) => context.signal.addEventListener('abort', () => resolve()))
        await Promise.race([of(gates, name).promise, left])
        if (context.signal.aborted) return ok(null)
        log.push(name)
        return ok(name)
      })
      if (!output.ok) return output
      if (output.value === null) return ok('stopped')
    }
    return ok('complete')
  }
  const open = (...names: string[]) => names.forEach((name) => of(gates, name).resolve())
  const openAll = (title: string) => open(`${title}:1`, `${title}:2`, `${title}:3`)
  return { runner, log, open, openAll, reached: (name: string) => of(reached, name).promise }
}

describe('the line', () => {
  test('places count from one, `last` waits behind, `first` takes the running job’s place, which goes on after it', async () => {
    const { jobs } = fixture()
    const gate = gated()
    jobs.register('summary', gate.runner)
    const ids = []
    for (const title of ['a', 'b', 'c']) ids.push(valueOf(await jobs.start(order(title))).id)
    gate.open('a:1')
    await gate.reached('a:2')
    valueOf(await jobs.prioritise(ids[1] ?? '', 'last'))
    const places = async () => valueOf(await jobs.list()).map(({ title, place, waitsFor }) => [title, place, waitsFor])
    expect(await places()).toEqual([
      ['c', 1, 'turn'],
      ['b', 2, 'turn'],
      ['a', null, null],
    ])
    gate.openAll('c')
    gate.openAll('b')
    valueOf(await jobs.prioritise(ids[2] ?? '', 'first'))
    await whenIn(jobs, ids[2] ?? '', ['done'])
    gate.openAll('a')
    await Promise.all(ids.map((id) => whenIn(jobs, id, ['done'])))
    expect(gate.log).toEqual(['a:1', 'c:1', 'c:2', 'c:3', 'a:2', 'a:3', 'b:1', 'b:2', 'b:3'])
  })

  test('paused: the step in hand is given up, finished ones stay, the next job goes on, a restart does not wake it', async () => {
    const { jobs } = fixture()
    const gate = gated()
    jobs.register('summary', gate.runner)
    const { id } = valueOf(await jobs.start(order('a')))
    valueOf(await jobs.start(order('b')))
    gate.open('a:1')
    gate.openAll('b')
    await gate.reached('a:2')
    expect(valueOf(await jobs.pause(id))).toMatchObject({ state: 'paused', doneSteps: 1, totalSteps: 3, place: null })
    expect(valueOf(await jobs.start(order('a'))).state).toBe('paused')
    await whenIn(jobs, 'id-2', ['done'])
    await jobs.close()

    const later = fixture('later').jobs
    later.register('summary', gate.runner)
    valueOf(await later.recover())
    expect(valueOf(await later.resumeInterrupted())).toEqual([])
    expect(valueOf(await later.get(id)).state).toBe('paused')
    gate.openAll('a')
    valueOf(await later.resume(id))
    await whenIn(later, id, ['done'])
    expect(gate.log).toEqual(['a:1', 'b:1', 'b:2', 'b:3', 'a:2', 'a:3'])
  })

  test('a paused job can be stopped; an ended one is answered as it is; only ended ones come off the list', async () => {
    const { jobs } = fixture()
    const gate = gated()
    jobs.register('summary', gate.runner)
    const { id } = valueOf(await jobs.start(order('a')))
    await gate.reached('a:1')
    valueOf(await jobs.pause(id))
    expect(await jobs.remove(id)).toEqual(fail('job-not-ended', { id }))
    expect(valueOf(await jobs.stop(id)).state).toBe('stopped')
    expect(valueOf(await jobs.pause(id)).state).toBe('stopped')
    valueOf(await jobs.remove(id))
    expect(valueOf(await jobs.list())).toEqual([])
    gate.openAll('a')
    valueOf(await jobs.start(order('a')))
    await whenIn(jobs, id, ['done'])
    expect(valueOf(await jobs.list()).map((job) => job.id)).toEqual([id])
  })

  test('while a chat is answered the running job says that it waits for it', async () => {
    let chatting = false
    const { jobs, announced } = fixture('id', () => chatting)
    const gate = gated()
    jobs.register('summary', gate.runner)
    const { id } = valueOf(await jobs.start(order('a')))
    await gate.reached('a:1')
    chatting = true
    jobs.chatChanged()
    jobs.chatChanged()
    chatting = false
    jobs.chatChanged()
    gate.openAll('a')
    await whenIn(jobs, id, ['done'])
    const waits = announced.filter(({ state }) => state === 'running').map(({ waitsFor }) => waitsFor)
    expect(waits.filter((wait) => wait === 'chat')).toEqual(['chat'])
    expect(waits[waits.indexOf('chat') + 1]).toBeNull()
  })
})

describe('parts of a whole', () => {
  function whole(parts: readonly string[], log: string[], start: (title: string, parentId: string) => Promise<string>) {
    const runner: JobRunner = async (context) => {
      const jobIds: string[] = []
      for (const part of parts) jobIds.push(await start(part, context.jobId))
      log.push('whole')
      const first = log.filter((entry) => entry === 'whole').length === 1
      return ok(first ? ({ waitsFor: 'parts', jobIds } satisfies JobOutcome) : 'complete')
    }
    return runner
  }

  async function begun() {
    const { jobs, announced } = fixture()
    const gate = gated()
    jobs.register('summary', gate.runner)
    jobs.register(
      'batch',
      whole(['a', 'b'], gate.log, async (title, parentId) => valueOf(await jobs.start(order(title, { parentId }))).id),
    )
    const { id } = valueOf(await jobs.start(order('all', { kind: 'batch' })))
    valueOf(await jobs.start(order('z')))
    await gate.reached('a:1')
    return { jobs, gate, id, announced }
  }

  test('they stand where it stands, before what came later; it comes last and counts them', async () => {
    const { jobs, gate, id, announced } = await begun()
    expect(valueOf(await jobs.get(id))).toMatchObject({
      state: 'queued',
      waitsFor: 'parts',
      doneSteps: 0,
      totalSteps: 3,
    })
    for (const title of ['a', 'b', 'z']) gate.openAll(title)
    await whenIn(jobs, id, ['done'])
    expect(gate.log.filter((entry) => /whole|:1/.test(entry))).toEqual(['whole', 'a:1', 'b:1', 'whole'])
    const counts = announced
      .filter((job) => job.id === id && job.waitsFor === 'parts')
      .map(({ doneSteps }) => doneSteps)
    expect(new Set(counts)).toEqual(new Set([0, 1]))
  })

  test('paused, resumed and stopped as one', async () => {
    const { jobs, gate, id } = await begun()
    const states = async (): Promise<readonly Job['state'][]> =>
      valueOf(await jobs.list())
        .filter((job) => job.id === id || job.parentId === id)
        .map(({ state }) => state)
    valueOf(await jobs.pause(id))
    expect(await states()).toEqual(['paused', 'paused', 'paused'])
    valueOf(await jobs.resume(id))
    await gate.reached('z:1')
    expect((await states()).every((state) => state === 'queued' || state === 'running')).toBe(true)
    valueOf(await jobs.stop(id))
    expect(await states()).toEqual(['stopped', 'stopped', 'stopped'])
  })

  test('a part that fails or is stopped is no longer waited for', async () => {
    const { jobs, gate, id } = await begun()
    const parts = valueOf(await jobs.list()).filter(({ parentId }) => parentId === id)
    for (const part of parts) valueOf(await jobs.stop(part.id))
    await whenIn(jobs, id, ['done'])
    expect(gate.log).toEqual(['whole', 'whole'])
  })
})

describe('another model', () => {
  const old = { modelId: 'old', name: 'Old', sha256: 'a'.repeat(64), pinned: false }

  test.each([
    ['began', { ...old, pinned: true }],
    ['chosen', null],
  ] as const)('asks, waits, others go on; answered with %s it goes on', async (answer, expected) => {
    const { jobs } = fixture()
    const seen: unknown[] = []
    jobs.register('summary', (context) => {
      if (context.input === 'a') seen.push(context.model)
      const asks = context.model !== null && !context.model.pinned && context.input === 'a'
      return Promise.resolve(ok(asks ? { waitsFor: 'model-choice', began: 'Old', chosen: 'New' } : 'complete'))
    })
    const { id } = valueOf(await jobs.start(order('a', { model: old })))
    const other = valueOf(await jobs.start(order('b')))
    await whenIn(jobs, other.id, ['done'])
    expect(valueOf(await jobs.get(id))).toMatchObject({
      state: 'queued',
      place: null,
      waitsFor: 'model-choice',
      modelChoice: { began: 'Old', chosen: 'New' },
    })
    valueOf(await jobs.chooseModel(id, answer))
    await whenIn(jobs, id, ['done'])
    expect(seen).toEqual([old, expected])
  })
})

describe('time left', () => {
  const model = { modelId: 'm', name: 'M', sha256: 'b'.repeat(64), pinned: false }

  test('unknown until measured; then for the running job, for one that waits, and after a restart', async () => {
    const { jobs } = fixture()
    const gate = gated()
    jobs.register('summary', gate.runner)
    const first = valueOf(await jobs.start(order('a', { model, characters: 3000 })))
    const second = valueOf(await jobs.start(order('b', { model, characters: 6000 })))
    const unsized = valueOf(await jobs.start(order('c', { model })))
    const left = async (id: string) => valueOf(await jobs.get(id)).remainingMs
    expect([await left(first.id), await left(second.id)]).toEqual([null, null])
    gate.open('a:1', 'a:2')
    await gate.reached('a:3')
    expect(await left(first.id)).toBeGreaterThan(0)
    expect(await left(second.id)).toBeNull()
    gate.open('a:3')
    await gate.reached('b:1')
    const known = await left(second.id)
    expect(known).toBeGreaterThan(0)
    expect(await left(unsized.id)).toBeNull()
    await jobs.close()
    const later = fixture('later').jobs
    valueOf(await later.recover())
    expect(valueOf(await later.list()).map(({ remainingMs }) => remainingMs)).toEqual([null, null, null])
    valueOf(await later.pause(second.id))
    expect(known).toBeGreaterThan(0)
  })
})
