// Text deltas: the first at once, then thirty frames a second, in order and complete.
import { expect, test } from 'vitest'
import { DeltaBatcher } from '../../../main/rpc/deltaBatcher.ts'

function bench() {
  const posted: unknown[] = []
  const timers: { readonly at: number; readonly run: () => void; live: boolean }[] = []
  let clock = 1000
  const batcher = new DeltaBatcher({
    post: (item) => posted.push(item),
    now: () => clock,
    schedule: (run, milliseconds) => {
      const timer = { at: clock + milliseconds, run, live: true }
      timers.push(timer)
      return () => {
        timer.live = false
      }
    },
  })
  function pass(milliseconds: number): void {
    clock += milliseconds
    for (const timer of timers.filter((due) => due.live && due.at <= clock)) {
      timer.live = false
      timer.run()
    }
  }
  return { posted, batcher, pass, setClock: (to: number) => (clock = to), waiting: () => timers.filter((t) => t.live) }
}

function text(value: string) {
  return { type: 'text', text: value }
}

test('the first text goes at once and the next ones together after a thirtieth of a second', () => {
  const { posted, batcher, pass } = bench()
  for (const part of ['a', 'b', 'c']) batcher.add(text(part))
  expect(posted).toEqual([text('a')])
  pass(33)
  expect(posted).toEqual([text('a')])
  pass(1)
  expect(posted).toEqual([text('a'), text('bc')])
})

test('a second of text at one item a millisecond is at most thirty-one frames', () => {
  const { posted, batcher, pass } = bench()
  for (let index = 0; index < 1000; index += 1) {
    batcher.add(text('x'))
    pass(1)
  }
  batcher.flush()
  expect(posted.length).toBeLessThanOrEqual(31)
  expect(posted.map((item) => (item as { text: string }).text).join('')).toBe('x'.repeat(1000)) // as: only text was added
})

test('what is not text passes at once, after the text before it', () => {
  const { posted, batcher, waiting } = bench()
  batcher.add(text('a'))
  batcher.add(text('b'))
  batcher.add({ type: 'finished' })
  expect(posted).toEqual([text('a'), text('b'), { type: 'finished' }])
  expect(waiting()).toEqual([])
})

test('after a pause text goes at once again', () => {
  const { posted, batcher, pass } = bench()
  batcher.add(text('a'))
  pass(500)
  batcher.add(text('b'))
  expect(posted).toEqual([text('a'), text('b')])
})

test('a clock that was set back holds text up for one frame at most', () => {
  const { batcher, setClock, waiting } = bench()
  batcher.add(text('a'))
  setClock(10)
  batcher.add(text('b'))
  expect(waiting().map((timer) => timer.at)).toEqual([10 + 34])
})
