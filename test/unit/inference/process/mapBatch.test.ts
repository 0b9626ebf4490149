// Map steps in step: who reads, who writes, and that nobody waits for somebody who is gone.
import { expect, test } from 'vitest'
import { MapBatch, type Together } from '../../../../main/inference/process/mapBatch.ts'
import { settle } from '../../../fakes/fakeEngineClient.ts'

const never = new AbortController().signal

/** A writer that writes so many tokens; `log` gets its name before each. */
function writes(batch: MapBatch, name: string, tokens: number, log: string[], signal = never): Promise<void> {
  return batch.write(async (together: Together) => {
    for (let token = 0; token < tokens && !signal.aborted; token++) {
      await together(signal)
      if (!signal.aborted) log.push(name)
    }
  })
}

test('writers go token by token, all of them or none; the last ones go on without those that ended', async () => {
  const batch = new MapBatch()
  const log: string[] = []
  await Promise.all([writes(batch, 'a', 1, log), writes(batch, 'b', 3, log), writes(batch, 'c', 2, log)])
  expect(log).toEqual(['a', 'b', 'c', 'b', 'c', 'b'])
})

test('one reads at a time, and nobody writes meanwhile', async () => {
  const batch = new MapBatch()
  const log: string[] = []
  const first = Promise.withResolvers<void>()
  const second = Promise.withResolvers<void>()
  const reading = [first, second].map(({ promise }, index) =>
    batch.read(never, async () => {
      log.push(`read ${index}`)
      await promise
    }),
  )
  const writing = writes(batch, 'token', 1, log)
  await settle()
  expect(log).toEqual(['read 0'])
  first.resolve()
  await settle()
  expect(log).toEqual(['read 0', 'read 1'])
  second.resolve()
  await Promise.all([...reading, writing])
  expect(log).toEqual(['read 0', 'read 1', 'token'])
})

test('a reader that fails or is stopped holds nobody back', async () => {
  const batch = new MapBatch()
  const log: string[] = []
  const held = Promise.withResolvers<void>()
  const stop = new AbortController()
  const reading = batch.read(never, () => held.promise)
  const failing = batch.read(never, () => Promise.reject(new Error('fell')))
  const stopped = batch.read(stop.signal, async () => void log.push('ended by itself'))
  stop.abort()
  await stopped
  expect(log).toEqual(['ended by itself'])
  const next = batch.read(never, async () => void log.push('next'))
  await settle()
  expect(log).toEqual(['ended by itself'])
  held.resolve()
  await expect(failing).rejects.toThrow('fell')
  await Promise.all([reading, next])
  expect(log).toEqual(['ended by itself', 'next'])
})

test('a writer that is stopped while others are away leaves at once, and they go on', async () => {
  const batch = new MapBatch()
  const log: string[] = []
  const stop = new AbortController()
  const away = Promise.withResolvers<void>()
  const other = batch.write(async (together) => {
    await away.promise
    await together(never)
    log.push('other')
  })
  const stopped = writes(batch, 'stopped', 9, log, stop.signal)
  await settle()
  stop.abort()
  await stopped
  away.resolve()
  await other
  expect(log).toEqual(['other'])
})
