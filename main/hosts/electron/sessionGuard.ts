// Every session of Chromium: nothing is granted, nothing is fetched but our own files, nothing is looked up.
import type { Session } from './electronApi.ts'
import { isOurAddress, mayLoad } from './address.ts'

/** The one thing a page may do that Chromium asks about: put a text on the clipboard when a person presses “copy”. */
const granted = 'clipboard-sanitized-write'

/** What is asked beside the answers: how often something was refused. Never an address. */
export type RefusalHeard = (kind: 'permission' | 'request' | 'device' | 'download') => void

/** Closes a session; call for each as it is created, before anything is loaded in it. */
export function guardSession(session: Session, refused: RefusalHeard): void {
  session.setPermissionRequestHandler((contents, permission, callback) => {
    const allowed = permission === granted && isOurAddress(contents.getURL())
    if (!allowed) refused('permission')
    callback(allowed)
  })
  session.setPermissionCheckHandler((_contents, permission, origin) => permission === granted && isOurAddress(origin))
  session.setDevicePermissionHandler(() => {
    refused('device')
    return false
  })
  // No stream at all is the answer that ends the request.
  session.setDisplayMediaRequestHandler((_request, callback) => {
    refused('device')
    callback(null)
  })
  session.setBluetoothPairingHandler((_details, callback) => callback({ confirmed: false }))
  session.setUSBProtectedClassesHandler(({ protectedClasses }) => protectedClasses)
  const chooseNone = (asked: { preventDefault(): void }) => {
    asked.preventDefault()
    refused('device')
  }
  session.on('select-hid-device', (asked, _devices, callback) => {
    chooseNone(asked)
    callback(null)
  })
  session.on('select-usb-device', (asked, _devices, callback) => {
    chooseNone(asked)
    callback()
  })
  // Serial ports say “none” by an empty name.
  session.on('select-serial-port', (asked, _ports, _contents, callback) => {
    chooseNone(asked)
    callback('')
  })
  session.webRequest.onBeforeRequest(({ url }, callback) => {
    const cancel = !mayLoad(url)
    if (cancel) refused('request')
    callback({ cancel })
  })
  session.on('will-download', (event) => {
    event.preventDefault()
    refused('download')
  })
  session.setSpellCheckerEnabled(false)
}
