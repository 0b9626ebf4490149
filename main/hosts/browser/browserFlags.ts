// How the window's browser is started: an app window, a profile of its own, and no line to anywhere but our page.

/** Flags for one window. `root`: as root Chromium starts only without its sandbox. */
export function browserFlags(options: {
  /** The first page, as an address. It is seen by every account of this machine (in the list of processes). */
  readonly page: string
  /** The profile's folder, absolute. */
  readonly profile: string
  /** The port of our own server. */
  readonly port: number
  readonly root: boolean
}): readonly string[] {
  return [
    `--app=${options.page}`,
    `--user-data-dir=${options.profile}`,
    '--window-size=1280,860',
    // Loopback goes straight to us. Everything else is sent to us too, as to a proxy, and refused at the door: the
    // browser itself cannot call anyone, nor ask for a name.
    `--proxy-server=http://127.0.0.1:${options.port}`,
    // No name but our own address, for parts of a browser that pass a proxy by.
    '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
    // WebRTC speaks UDP, which no proxy and no content policy stops: without this a script could send by it.
    // Chromium has taken the “force” out of the name; both are given.
    '--webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-client-side-phishing-detection',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-domain-reliability',
    '--disable-extensions',
    '--disable-component-extensions-with-background-pages',
    '--disable-quic',
    '--disable-search-engine-choice-screen',
    '--disable-sync',
    '--disable-breakpad',
    '--no-pings',
    '--metrics-recording-only',
    // The keystore is Sotto's business; a throw-away profile has nothing to keep in it.
    '--password-store=basic',
    '--use-mock-keychain',
    `--disable-features=${quietFeatures.join(',')}`,
    ...(options.root ? ['--no-sandbox'] : []),
  ]
}

const quietFeatures = [
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'DialMediaRouteProvider',
  'GlobalMediaControls',
  'InterestFeedContentSuggestions',
  'MediaRouter',
  'OptimizationHints',
  'PrivacySandboxSettings4',
  'Translate',
]
