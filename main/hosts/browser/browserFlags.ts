// How the window's browser is started: an app window, a profile of its own, and no line to anywhere but our page.

/** Flags for one window. `root`: as root Chromium starts only without its sandbox. */
export function browserFlags(options: {
  readonly address: string
  readonly profile: string
  readonly root: boolean
}): readonly string[] {
  return [
    `--app=${options.address}`,
    `--user-data-dir=${options.profile}`,
    '--window-size=1280,860',
    '--no-first-run',
    '--no-default-browser-check',
    // No name but ours resolves and nothing goes through a proxy: the browser itself cannot call anyone.
    '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
    '--no-proxy-server',
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
