// One factory of windows, and every setting of its pages written out.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { makeWindow } from '../../../../main/hosts/electron/windowFactory.ts'
import { firstPlace } from '../../../../main/hosts/electron/windowPlace.ts'
import { createFakeElectron } from '../../../fakes/fakeElectron.ts'
import { FakeSession } from '../../../fakes/fakeElectronPage.ts'

const main = path.resolve(import.meta.dirname, '../../../../main')
const session = new FakeSession('sotto', () => undefined).real
const plan = { session, preload: '/app/preload/electron.cjs', place: firstPlace, background: '#fff' }

test.each([
  { packaged: false, devTools: true },
  { packaged: true, devTools: false },
])('S1: every safe default is set, packaged $packaged', ({ packaged, devTools }) => {
  const fake = createFakeElectron({ packaged })
  makeWindow(fake.electron, plan)
  expect(fake.windows[0]?.options.webPreferences).toEqual({
    session,
    preload: '/app/preload/electron.cjs',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    navigateOnDragDrop: false,
    plugins: false,
    spellcheck: false,
    devTools,
    autoplayPolicy: 'document-user-activation-required',
  })
})

test('S1: windows are made in one file', () => {
  const makers = readdirSync(main, { recursive: true, encoding: 'utf8' }).filter(
    (file) =>
      file.endsWith('.ts') &&
      /new \w+\.?BrowserWindow\(|WebContentsView|BaseWindow/.test(readFileSync(path.join(main, file), 'utf8')),
  )
  expect(makers).toEqual([path.join('hosts', 'electron', 'windowFactory.ts')])
})

test('a window is shown once its page has painted, and maximized where it was', () => {
  const fake = createFakeElectron()
  makeWindow(fake.electron, { ...plan, place: { ...firstPlace, maximized: true } })
  const [window] = fake.windows
  const before = window?.shown
  window?.emit('ready-to-show')
  expect([before, window?.shown, window?.maximized, window?.options.show]).toEqual([0, 1, true, false])
})
