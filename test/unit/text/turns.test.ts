// Long work in short turns: how many there are follows from the clock, others get theirs in between, and it can be stopped.
import { expect, test } from 'vitest'
import { mapInSteps, type StepCount, type Steps } from '../../../main/text/logic/steps.ts'
import { inTurns, tellingTurns, turnMilliseconds } from '../../../main/text/turns.ts'

/** A hundred items, two between two steps. */
function hundred(): Steps<StepCount, number[]> {
  return mapInSteps(
    Array.from({ length: 100 }, (_, at) => at),
    2,
    (item) => item * 2,
  )
}

/** A clock that is this much later at every look. */
function clock(step: number): () => Date {
  let time = 0
  return () => new Date((time += step))
}

test('a turn ends when its time is over, and tells where the work is', async () => {
  const told: StepCount[] = []
  const signal = new AbortController().signal
  const turns = tellingTurns(hundred(), { signal, now: clock(turnMilliseconds / 4) })
  let step = await turns.next()
  for (; step.done !== true; step = await turns.next()) told.push(step.value)
  // Fifty steps, four looks at the clock a turn.
  expect(told.map(({ done }) => done)).toEqual([6, 14, 22, 30, 38, 46, 54, 62, 70, 78, 86, 94])
  expect(step.value).toEqual(Array.from({ length: 100 }, (_, at) => at * 2))
})

test('others get their turn in between', async () => {
  let others = 0
  let over = false
  const other = (): void => {
    others += 1
    if (!over) setImmediate(other)
  }
  setImmediate(other)
  const signal = new AbortController().signal
  const made = await inTurns(hundred(), { signal, now: clock(turnMilliseconds) })
  over = true
  expect(made).toHaveLength(100)
  expect(others).toBeGreaterThanOrEqual(50)
})

test('a fast clock lets it all be one turn', async () => {
  let others = 0
  setImmediate(() => (others += 1))
  await inTurns(hundred(), { signal: new AbortController().signal, now: clock(0) })
  expect(others).toBe(0)
})

test('stopped in a turn, no further step is taken; stopped before, none', async () => {
  let steps = 0
  function* endless(): Steps<number, string> {
    while (steps < 1000) yield (steps += 1)
    return 'never'
  }
  const stop = new AbortController()
  const turns = tellingTurns(endless(), { signal: stop.signal, now: clock(turnMilliseconds) })
  await turns.next()
  await turns.next()
  stop.abort()
  expect(await turns.next()).toEqual({ done: true, value: null })
  expect(steps).toBe(2)
  expect(await inTurns(endless(), { signal: stop.signal, now: clock(turnMilliseconds) })).toBeNull()
  expect(steps).toBe(2)
})
