// Every permission Electron knows is denied but one, and a session fetches nothing but our own files.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { guardSession } from '../../../../main/hosts/electron/sessionGuard.ts'
import { FakeContents, FakeSession } from '../../../fakes/fakeElectronPage.ts'

const typings = path.resolve(import.meta.dirname, '../../../../node_modules/electron/electron.d.ts')

/** The permissions this version of Electron knows, from the typings of the two handlers. */
function permissionsOf(handler: string): readonly string[] {
  const line = new RegExp(`${handler}\\(handler: .*?permission: ([^,]+),`).exec(readFileSync(typings, 'utf8'))
  return [...(line?.[1] ?? '').matchAll(/'([^']+)'/g)].map((match) => match[1] ?? '')
}

function guarded() {
  const session = new FakeSession('sotto', () => undefined)
  const refusals: string[] = []
  guardSession(session.real, (kind) => void refusals.push(kind))
  const ask = (name: string, ...values: readonly unknown[]): unknown => {
    const handler = session.handlers[name] as ((...given: readonly unknown[]) => unknown) | undefined // as: kept without its types
    return handler?.(...values)
  }
  return { session, refusals, ask }
}

test('S6: the typings name the permissions this test goes through', () => {
  expect(permissionsOf('setPermissionRequestHandler').length).toBeGreaterThan(30)
  expect(permissionsOf('setPermissionCheckHandler')).toEqual(permissionsOf('setPermissionRequestHandler'))
})

test('S6: a page of ours gets the clipboard for writing and nothing else', () => {
  const { ask } = guarded()
  const page = new FakeContents()
  const granted: string[] = []
  for (const permission of permissionsOf('setPermissionRequestHandler')) {
    ask('permissionRequest', page.real, permission, (allowed: boolean) => {
      if (allowed) granted.push(permission)
    })
  }
  const checked = permissionsOf('setPermissionCheckHandler').filter((permission) =>
    ask('permissionCheck', page.real, permission, 'app://sotto/'),
  )
  expect({ granted, checked }).toEqual({
    granted: ['clipboard-sanitized-write'],
    checked: ['clipboard-sanitized-write'],
  })
})

test('S6: any other page gets nothing at all', () => {
  const { ask } = guarded()
  const page = new FakeContents()
  page.frame.url = 'https://example.org/'
  const granted: string[] = []
  for (const permission of permissionsOf('setPermissionRequestHandler')) {
    ask('permissionRequest', page.real, permission, (allowed: boolean) => {
      if (allowed) granted.push(permission)
    })
    for (const origin of ['https://example.org', 'app://evil', '', 'null']) {
      if (ask('permissionCheck', null, permission, origin) === true) granted.push(`${permission} ${origin}`)
    }
  }
  expect(granted).toEqual([])
})

test('S6: devices, screens, Bluetooth and USB are denied', () => {
  const { session, ask, refusals } = guarded()
  const said: unknown[] = [ask('devicePermission', { deviceType: 'hid' })]
  ask('displayMedia', {}, (streams: unknown) => said.push(streams))
  ask('bluetoothPairing', {}, (answer: unknown) => said.push(answer))
  said.push(ask('usbProtectedClasses', { protectedClasses: ['audio', 'hid'] }))
  const chosen = (id: unknown) => said.push(id)
  let prevented = 0
  const event = { preventDefault: () => (prevented += 1) }
  session.emit('select-hid-device', event, {}, chosen)
  session.emit('select-usb-device', event, {}, chosen)
  session.emit('select-serial-port', event, [], {}, chosen)
  expect({ said, prevented, refused: refusals.length }).toEqual({
    said: [false, null, { confirmed: false }, ['audio', 'hid'], null, undefined, ''],
    prevented: 3,
    refused: 5,
  })
})

test.each([
  ['app://sotto/', false],
  ['app://sotto/assets/index-abc.js', false],
  ['data:image/png;base64,AA', false],
  ['blob:app://sotto/1-2-3', false],
  ['data:text/html,<script>', true],
  ['blob:https://example.org/1', true],
  ['app://evil/', true],
  ['app://sotto.evil/', true],
  ['http://127.0.0.1:1/', true],
  ['https://example.org/?q=secret', true],
  ['wss://example.org/', true],
  ['ftp://example.org/', true],
  ['file:///etc/passwd', true],
  ['devtools://devtools/bundled/x.js', true],
  ['chrome-extension://abc/x.js', true],
  ['not an address', true],
])('S11: a request for %s is cancelled: %s', (url, cancelled) => {
  const { ask } = guarded()
  let answer: unknown
  ask('onBeforeRequest', { url }, (given: unknown) => (answer = given))
  expect(answer).toEqual({ cancel: cancelled })
})

test('S11: no spell checker, no download', () => {
  const { session, refusals } = guarded()
  let prevented = false
  session.emit('will-download', { preventDefault: () => (prevented = true) })
  expect({ spellChecker: session.spellChecker, prevented, refusals }).toEqual({
    spellChecker: false,
    prevented: true,
    refusals: ['download'],
  })
})
