// S1 to S18: what each check asks, which tests answer it here, and which answer it once there is a binary.

/** One check. `tests` are beginnings or parts of test names in a suite; every test that fits counts. */
export type SecurityCheck = {
  readonly id: `S${number}`
  readonly asks: string
  readonly tests: readonly { readonly suite: CheckSuite; readonly name: string }[]
  /** Tests of `test/electron` that show the same in real Electron. */
  readonly inElectron: readonly string[]
  /** What no test of ours shows, if anything. */
  readonly rest?: string
}

/** The suites a check may be answered in, and the files that are run for them. */
export const checkSuites = {
  unit: ['hosts/electron'],
  browser: ['builtPage'],
  packaging: ['package.test', 'contentRules', 'configuration'],
} as const

/** One of them. */
export type CheckSuite = keyof typeof checkSuites

/** A check that the unit tests answer under its own id. */
function unit(id: SecurityCheck['id'], asks: string, inElectron: readonly string[] = [], rest?: string): SecurityCheck {
  const tests = [{ suite: 'unit', name: `${id}: ` }] as const
  return { id, asks, tests, inElectron, ...(rest === undefined ? {} : { rest }) }
}

function packed(id: SecurityCheck['id'], asks: string, names: readonly string[], rest?: string): SecurityCheck {
  const tests = names.map((name) => ({ suite: 'packaging', name }) as const)
  return { id, asks, tests, inElectron: [], ...(rest === undefined ? {} : { rest }) }
}

const launch = 'launch: the window shows its first page, sandboxed, without a word on the console'

/** All of them, in order. */
export const checks: readonly SecurityCheck[] = [
  unit('S1', 'one window factory, every safe default', [launch]),
  unit('S2', 'sandbox and scheme before ready', [launch]),
  unit('S3', 'the protocol gives its own files only', ['S3: the protocol gives its own files and nothing beside them']),
  unit('S4', 'one policy on every response', ['S4: the page stands under the one policy, and reaches nobody']),
  {
    id: 'S5',
    asks: 'the built page has nothing inline and makes no code of text',
    tests: [{ suite: 'browser', name: 'S5: ' }],
    inElectron: [],
  },
  unit('S6', 'permissions, devices and screens are denied', [
    'S6: deny handlers: a page gets no camera, no place, no notification and no screen',
  ]),
  unit('S7', 'no navigation, no window, no webview', ['S7: the page stays where it is and opens no window']),
  unit('S8', 'one place opens addresses, https only, after asking'),
  unit('S9', 'senders are checked, bad frames do nothing', [
    'S9: IPC sender: another page of the same process tree is not answered',
  ]),
  unit('S10', 'one channel, a bridge that shows a port and nothing else', [launch]),
  unit('S11', 'every session guarded, no WebRTC address, no spell checker', [
    'S4: the page stands under the one policy, and reaches nobody',
  ]),
  packed(
    'S12',
    'the fuses of a package are those of the table',
    ['has the fuses of the table', 'finds a fuse that is wrong, missing or unknown'],
    'the runtime is a stand-in with a real fuse wire; the release workflow flips the real one by the same code',
  ),
  packed(
    'S13',
    'only the archive, and its integrity is known',
    ['holds exactly what it should, and nothing else', 'its system knows the archive, and one changed byte is seen'],
    'that the systems refuse a changed archive shows on real Windows and macOS only',
  ),
  packed('S14', 'no sources, maps, tests or keys inside', [
    'holds no sources, maps, tests or keys',
    'refuses a key beside the archive',
  ]),
  unit('S15', 'no deep links; a second start brings existing files only'),
  unit(
    'S16',
    'secrets in the keystore only',
    ['S16: nothing the page kept lies in the data folder'],
    'keys are kept by the keyring library in every host, so safeStorage is not used at all',
  ),
  packed(
    'S17',
    'macOS allows no arbitrary loads',
    ['takes back what the packager allows'],
    'Gatekeeper itself shows on a real Mac only',
  ),
  unit('S18', 'versions at or above their floors', [], 'Electron’s support window: its calendar is on the network'),
]
