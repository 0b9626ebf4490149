// Letting people in: a window, or an address in words; never neither.
import { expect, test } from 'vitest'
import type { BrowserWindows } from '../../../../main/hosts/browser/browserWindows.ts'
import { appearMs, Openings } from '../../../../main/hosts/browser/openings.ts'
import { createFakeTimers } from '../../../fakes/fakeTimers.ts'

function setUp({ opens = true, browser = true, root = false, terminal = true } = {}) {
  const timers = createFakeTimers()
  const said: string[] = []
  const opened: string[] = []
  const state = { codes: 0 }
  const enters: (() => void)[] = []
  const open = async (address: string) => {
    opened.push(address)
    return opens
  }
  const openings = new Openings({
    windows: browser ? ({ open } as Partial<BrowserWindows> as BrowserWindows) : null, // as: only `open` is used
    noWindow: 'display',
    root,
    address: (lifetimeMs) => `code ${++state.codes} for ${lifetimeMs / 1000} s`,
    say: (key, values) => void said.push(values === undefined ? key : `${key} ${JSON.stringify(values)}`),
    after: timers.after,
    onEnter: (listener) => {
      enters.push(listener)
      return terminal
    },
  })
  return { openings, timers, said, opened, enters }
}

test('with a browser a window opens, and a second one without more words', async () => {
  const { openings, said, opened } = setUp({ root: true })
  await openings.open()
  await openings.open()
  expect(opened).toEqual(['code 1 for 60 s', 'code 2 for 60 s'])
  expect(said).toEqual(['noSandbox', 'open'])
})

test('without one the address is printed, anew at every Enter', async () => {
  const { openings, said, enters } = setUp({ browser: false })
  await openings.open()
  enters[0]?.()
  expect(said).toEqual([
    'noWindow.display',
    'address {"address":"code 1 for 600 s","minutes":10}',
    'pressEnter',
    'address {"address":"code 2 for 600 s","minutes":10}',
  ])
})

test('a second request without a window prints again, but listens for Enter once', async () => {
  const { openings, said, enters } = setUp({ browser: false, terminal: false })
  await openings.open()
  await openings.open()
  expect([enters.length, said.filter((line) => line.startsWith('address')).length]).toEqual([1, 2])
  expect(said).not.toContain('pressEnter')
})

test('a browser that does not start leaves the address', async () => {
  const { openings, said } = setUp({ opens: false })
  await openings.open()
  expect(said[0]).toBe('noWindow.failed')
})

test('a window that does not appear in time leaves the address; one that did does not', async () => {
  const late = setUp()
  await late.openings.open()
  late.timers.advance(appearMs)
  expect(late.said.slice(0, 2)).toEqual(['open', 'noWindow.failed'])

  const shown = setUp()
  await shown.openings.open()
  shown.openings.appeared()
  shown.timers.advance(appearMs)
  expect(shown.said).toEqual(['open'])
})

test('a browser that ends before its window appeared leaves the address; one the person closed does not', async () => {
  const broken = setUp()
  await broken.openings.open()
  broken.openings.browserEnded()
  broken.timers.advance(appearMs)
  expect(broken.said.filter((line) => line === 'noWindow.failed')).toEqual(['noWindow.failed'])

  const closed = setUp()
  await closed.openings.open()
  closed.openings.appeared()
  closed.openings.browserEnded()
  expect(closed.said).toEqual(['open'])
})

test('closed, it waits for nothing', async () => {
  const { openings, timers } = setUp()
  await openings.open()
  openings.close()
  expect(timers.waiting).toBe(0)
})
