// How many map steps run side by side: measured once, after an answer, when nobody asks for anything.
import { expect, test } from 'vitest'
import { ok } from '#contract/result.ts'
import { loadsAndWaits, type Behaviour } from '../../fakes/fakeEngineChild.ts'
import { chat, finish, never, of, request, settle, setUp, type FakeEngineClient } from '../../fakes/fakeEngineClient.ts'
import { keptSpeeds } from '../../fakes/sequenceSpeeds.ts'

const speeds = [
  { sequences: 1, tokensPerSecond: 10 },
  { sequences: 8, tokensPerSecond: 30 },
]

/** Leaves the measurement to the test. */
function measuresWhenTold(...[message, child]: Parameters<Behaviour>): void {
  if (message.type !== 'measure-sequences') loadsAndWaits(message, child)
}

async function answers({ client, children }: FakeEngineClient): Promise<void> {
  const before = of(children[0], 'generate').length
  const answer = client.generate(request(chat()), { signal: never })
  await settle()
  finish(children[0], of(children[0], 'generate')[before]?.id ?? 0)
  expect(await answer).toMatchObject({ ok: true })
  await settle()
}

test('one until measured; measured in a quiet moment after the first answer; used, told and kept', async () => {
  const kept = keptSpeeds()
  const rig = setUp(() => measuresWhenTold, { sequenceSpeeds: kept, appVersion: '9.9' })
  const { client, children, timers, states } = rig
  await client.load(never)
  timers.advance(10_000)
  expect(of(children[0], 'measure-sequences')).toEqual([])
  expect(client.state()).toMatchObject({ mapSequences: 1, mapSequencesMeasured: false })
  await answers(rig)
  timers.advance(2999)
  expect(of(children[0], 'measure-sequences')).toEqual([])
  timers.advance(1)
  const [order] = of(children[0], 'measure-sequences')
  expect(order).toMatchObject({ candidates: [1, 2, 4, 8, 16], budgetMilliseconds: 1500 })
  children[0]?.reply({ type: 'sequences-measured', id: order?.id ?? 0, speeds })
  await settle()
  expect(states.at(-1)).toMatchObject({ state: 'ready', mapSequences: 8, mapSequencesMeasured: true })
  expect(await client.load(never)).toMatchObject({ value: { mapSequences: 8 } })
  expect([...kept.kept.values()]).toEqual([speeds])
  expect([...kept.kept.keys()][0]).toMatch(/^a{64} here \| cpu .*\| 9\.9 \| /)
  void client.generate(request(), { signal: never })
  await settle()
  expect(of(children[0], 'generate').at(-1)?.lane).toEqual({ kind: 'map', sequences: 8 })
  await client.close()

  const later = setUp(() => measuresWhenTold, { sequenceSpeeds: kept, appVersion: '9.9' })
  expect(await later.client.load(never)).toMatchObject({ value: { mapSequences: 8 } })
  await answers(later)
  later.timers.advance(10_000)
  expect(of(later.children[0], 'measure-sequences')).toEqual([])
  const updated = setUp(() => measuresWhenTold, { sequenceSpeeds: kept, appVersion: '10' })
  expect(await updated.client.load(never)).toMatchObject({ value: { mapSequences: 1 } })
})

test('a request ends the measurement, which is begun again in the next quiet moment', async () => {
  const rig = setUp(() => measuresWhenTold)
  const { client, children, timers } = rig
  await answers(rig)
  timers.advance(3000)
  const [first] = of(children[0], 'measure-sequences')
  const asked = client.generate(request(chat()), { signal: never })
  await settle()
  expect(of(children[0], 'abort').map(({ target }) => target)).toEqual([first?.id])
  children[0]?.reply({ type: 'sequences-measured', id: first?.id ?? 0, speeds })
  await settle()
  expect(client.state()).toMatchObject({ mapSequences: 1, mapSequencesMeasured: false })
  finish(children[0], of(children[0], 'generate').at(-1)?.id ?? 0)
  await asked
  await settle()
  timers.advance(3000)
  expect(of(children[0], 'measure-sequences').length).toBe(2)
})

test('what cannot be measured is not tried again in this run', async () => {
  const rig = setUp()
  await answers(rig)
  rig.timers.advance(3000)
  await settle()
  await answers(rig)
  rig.timers.advance(3000)
  expect(of(rig.children[0], 'measure-sequences').length).toBe(1)
  expect(rig.client.state()).toMatchObject({ mapSequences: 1, mapSequencesMeasured: false })
})

test('asked for, it is measured at once', async () => {
  const { client } = setUp(() => (message, child) => {
    if (message.type === 'measure-sequences') child.reply({ type: 'sequences-measured', id: message.id, speeds })
    else loadsAndWaits(message, child)
  })
  expect(await client.measureSequences(never)).toEqual(ok(speeds))
  expect(client.state()).toMatchObject({ mapSequences: 8, mapSequencesMeasured: true })
})
