// When the browser host ends by itself.
import { expect, test } from 'vitest'
import { busyCheckMs, Lifetime, reloadMs } from '../../../../main/hosts/browser/lifetime.ts'
import { createFakeTimers } from '../../../fakes/fakeTimers.ts'

function setUp() {
  const timers = createFakeTimers()
  const heard: string[] = []
  const work = { busy: false }
  const lifetime = new Lifetime({
    after: timers.after,
    busy: async () => work.busy,
    onWorkingAlone: () => heard.push('working alone'),
    onEnd: () => heard.push('end'),
  })
  /** Lets time pass, and the question whether there is work be answered. */
  async function pass(milliseconds: number): Promise<void> {
    timers.advance(milliseconds)
    await Promise.resolve()
    await Promise.resolve()
  }
  return { timers, heard, work, lifetime, pass }
}

test('it waits for its first window for ever', () => {
  const { timers } = setUp()
  expect(timers.waiting).toBe(0)
})

test('it ends a few seconds after its last window', async () => {
  const { lifetime, heard, pass } = setUp()
  lifetime.windows(1)
  lifetime.windows(2)
  lifetime.windows(1)
  lifetime.windows(0)
  await pass(reloadMs - 1)
  expect(heard).toEqual([])
  await pass(1)
  expect(heard).toEqual(['end'])
})

test('a page loaded again is the same window', async () => {
  const { lifetime, heard, pass } = setUp()
  lifetime.windows(1)
  lifetime.windows(0)
  await pass(reloadMs - 1)
  lifetime.windows(1)
  await pass(10 * reloadMs)
  expect(heard).toEqual([])
})

test('work goes on without a window, is told once, and then it ends', async () => {
  const { lifetime, heard, work, pass } = setUp()
  work.busy = true
  lifetime.windows(1)
  lifetime.windows(0)
  await pass(reloadMs)
  await pass(busyCheckMs)
  await pass(busyCheckMs)
  expect(heard).toEqual(['working alone'])
  work.busy = false
  await pass(busyCheckMs)
  expect(heard).toEqual(['working alone', 'end'])
})

test('a window that comes while it asks for work keeps it', async () => {
  const { timers, lifetime, heard } = setUp()
  lifetime.windows(0)
  timers.advance(reloadMs)
  lifetime.windows(1)
  await Promise.resolve()
  await Promise.resolve()
  expect(heard).toEqual([])
})

test('once closed it says nothing more', async () => {
  const { lifetime, heard, pass } = setUp()
  lifetime.windows(0)
  lifetime.close()
  lifetime.windows(0)
  await pass(10 * reloadMs)
  expect(heard).toEqual([])
})
