// A page that dies is loaded again, but not for ever without asking; one that hangs is asked about.
import { expect, test } from 'vitest'
import { keepPage } from '../../../../main/hosts/electron/pageKeeper.ts'
import type { BrowserWindow } from '../../../../main/hosts/electron/electronApi.ts'
import { createFakeElectron } from '../../../fakes/fakeElectron.ts'
import { FakeWindow } from '../../../fakes/fakeElectronPage.ts'
import { createFakeLogger } from '../../../fakes/fakeLogger.ts'

function kept(response: number) {
  const fake = createFakeElectron({ response })
  const window = new FakeWindow({})
  const logger = createFakeLogger()
  const state = { now: 0, gone: 0, quits: 0 }
  const real = window as unknown as BrowserWindow // as: the fake has what the product uses of a window
  keepPage(real, {
    dialog: fake.electron.dialog,
    logger,
    now: () => state.now,
    say: (key) => key,
    onGone: () => (state.gone += 1),
    quit: () => (state.quits += 1),
  })
  const die = (reason = 'crashed') => window.webContents.emit('render-process-gone', {}, { reason, exitCode: 139 })
  return { fake, window, logger, state, die }
}

test('a crash gives up the connection and loads the page again; the log says the reason and the code', () => {
  const { window, logger, state, die } = kept(0)
  die()
  expect({ reloads: window.webContents.reloads, gone: state.gone, lines: logger.lines }).toEqual({
    reloads: 1,
    gone: 1,
    lines: [{ level: 'error', event: 'page.gone', fields: { reason: 'crashed', exitCode: 139 } }],
  })
})

test('an orderly end loads nothing', () => {
  const { window, die } = kept(0)
  die('clean-exit')
  expect(window.webContents.reloads).toBe(0)
})

test.each([
  { response: 0, reloads: 4, quits: 0 },
  { response: 1, reloads: 3, quits: 1 },
])('the fourth crash in five minutes is asked about: button $response', async ({ response, reloads, quits }) => {
  const { fake, window, state, die } = kept(response)
  for (let death = 0; death < 4; death += 1) {
    state.now += 60_000
    die()
  }
  await expect.poll(() => window.webContents.reloads + state.quits).toBe(reloads + quits)
  expect({ reloads: window.webContents.reloads, quits: state.quits, asked: fake.dialogs.length }).toEqual({
    reloads,
    quits,
    asked: 1,
  })
})

test('crashes far apart are never asked about', () => {
  const { fake, window, state, die } = kept(1)
  for (let death = 0; death < 10; death += 1) {
    state.now += 2 * 60_000
    die()
  }
  expect({ reloads: window.webContents.reloads, asked: fake.dialogs.length }).toEqual({ reloads: 10, asked: 0 })
})

test.each([
  { response: 0, crashes: 0 },
  { response: 1, crashes: 1 },
])('a page that hangs: wait, or end it and load it again: button $response', async ({ response, crashes }) => {
  const { fake, window } = kept(response)
  window.emit('unresponsive')
  await expect.poll(() => fake.dialogs.length).toBe(1)
  await expect.poll(() => window.webContents.crashes).toBe(crashes)
})
