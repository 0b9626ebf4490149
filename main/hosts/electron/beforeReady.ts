// What must be settled before Electron is ready: the sandbox, our scheme, Chromium's own calls, a clean environment.
import type { Electron } from './electronApi.ts'
import { scheme } from './address.ts'

/** Chromium features that call out by themselves. */
const quietFeatures = [
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'DialMediaRouteProvider',
  'MediaRouter',
  'OptimizationHints',
  'SpareRendererForSitePerProcess',
  'WebRtcHideLocalIpsWithMdns',
]

/** Switches for Chromium: it can ask for no name, and asks nobody by itself. Ours go out by Node, through the door. */
const switches: readonly (readonly [string, string?])[] = [
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-quic'],
  ['disable-breakpad'],
  ['no-pings'],
  ['dns-prefetch-disable'],
  // Chromium has taken the “force” out of the name; both are given.
  ['webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
  ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
  ['disable-features', quietFeatures.join(',')],
]

/** Switches a package takes from nobody: each opens a port or loosens a wall. */
const refusedSwitches = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-allow-origins',
  'no-sandbox',
  'disable-web-security',
  'disable-site-isolation-trials',
  'allow-running-insecure-content',
  'load-extension',
  'proxy-server',
  'proxy-pac-url',
  'js-flags',
]

/** Where Electron keeps what it must: the data folder, and Chromium's own files in a folder beside ours. */
export type Places = { readonly data: string; readonly chromium: string }

/**
 * Call once, in the first turn of the process; everything here has no effect, or throws, after `ready`. The folders must
 * exist; null where they cannot be made: Electron keeps to its own, and the app says what is wrong with the data folder.
 */
export function prepareElectron({ app, protocol }: Pick<Electron, 'app' | 'protocol'>, places: Places | null): void {
  app.enableSandbox()
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, codeCache: true, supportFetchAPI: false } },
  ])
  app.setName('Sotto')
  if (places !== null) {
    app.setPath('userData', places.data)
    app.setPath('sessionData', places.chromium)
  }
  if (app.isPackaged) for (const name of refusedSwitches) app.commandLine.removeSwitch(name)
  for (const [name, value] of switches) app.commandLine.appendSwitch(name, value)
}

/** Removes variables that steer Electron or a provider's library from outside; `environment` is changed in place. */
export function forgetVariables(environment: Record<string, string | undefined>): void {
  for (const name of Object.keys(environment)) {
    if (/^(ELECTRON|ANTHROPIC|OPENAI)_/i.test(name)) Reflect.deleteProperty(environment, name)
  }
}
