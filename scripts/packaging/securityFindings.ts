// What the security scans find and why each finding is none. A reason nothing needs any more fails the scan, too.
import type { Reasoned } from './securityScan.ts'

const fileName = 'security/detect-non-literal-fs-filename'
const regex = 'security/detect-unsafe-regex'
const key = 'security/detect-object-injection'

/** Reasons, by file. `code` is part of the line they are about. */
export const reasons: readonly Reasoned[] = [
  {
    rule: fileName,
    file: 'main/hosts/electron/appProtocol.ts',
    code: 'real',
    reason:
      'The one place where an address becomes a file: pageFile allows plain names only, and the real path must lie below the root.',
  },
  {
    rule: regex,
    file: 'main/hosts/electron/appProtocol.ts',
    code: '/^app:',
    reason:
      'Its parts share no character at which they meet, so there is one way to match; securityScan.test.ts runs it on 200,000 characters.',
  },
  {
    rule: fileName,
    file: 'main/hosts/electron/main.ts',
    code: 'statSync(file',
    reason:
      'Asks only whether a path is a file: a document the person opens with Sotto, or the Node a package may bring.',
  },
  {
    rule: fileName,
    file: 'main/hosts/electron/main.ts',
    code: 'mkdirSync(folder',
    reason:
      'The folders Electron itself keeps its own things in: fixed names below the data folder, made before they are named to it.',
  },
  {
    rule: fileName,
    file: 'main/hosts/electron/windowPlace.ts',
    code: 'this.#file',
    reason: 'A fixed name in the data folder; no text from outside is part of it.',
  },
  {
    rule: fileName,
    file: 'main/hosts/node/appRoot.ts',
    code: 'existsSync(folder)',
    reason: 'Folders above the app itself, named node_modules.',
  },
  {
    rule: key,
    file: 'main/hosts/node/createNodeHost.ts',
    code: 'names.filter',
    reason: 'The names are a list in this file.',
  },
  {
    rule: fileName,
    file: 'main/hosts/node/fileLogger.ts',
    code: '',
    reason: 'The log and its older files: fixed names in the data folder.',
  },
  {
    rule: fileName,
    file: 'main/hosts/node/onBattery.ts',
    code: 'readdirSync(folder)',
    reason: 'The folder in which Linux tells of power supplies; only a test gives another.',
  },
  {
    rule: fileName,
    file: 'main/hosts/node/onBattery.ts',
    code: 'readFileSync(path.join(folder, supply, name)',
    reason: 'Names from that same folder, which the system makes up, and names in this file.',
  },
  {
    rule: fileName,
    file: 'main/hosts/node/settingsStore.ts',
    code: '(file',
    reason: 'The settings file: a fixed name in the data folder, and the time when it is set aside.',
  },
  {
    rule: key,
    file: 'main/hosts/node/spawnChild.ts',
    code: 'options.entries?.[kind]',
    reason: 'The kind is one of two words of our own, by type and by the switch below.',
  },
  {
    rule: key,
    file: 'main/hosts/node/spawnChild.ts',
    code: 'kept[name] = value',
    reason: 'Names are on the list or begin as a driver’s do, so none is a name objects come with.',
  },
  {
    rule: fileName,
    file: 'main/hosts/node/translator.ts',
    code: 'locales',
    reason: 'The language is one of two, by type; what people type is compared with them first.',
  },
  {
    rule: regex,
    file: 'main/hosts/node/windowPage.ts',
    code: 'A-Za-z0-9',
    reason:
      'Each repetition begins with a slash, which nothing else in it matches; securityScan.test.ts runs it on 200,000 characters.',
  },
  {
    rule: key,
    file: 'preload/failureValues.ts',
    code: 'sizeUnits[step]',
    reason: 'The step is a number computed one line above.',
  },
  {
    rule: 'OPEN_EXTERNAL_JS_CHECK',
    file: 'main/hosts/electron/openExternalSafe.js',
    code: 'openExternal(address.href)',
    reason: 'The one call there is, behind a parsed address, https only and a question to the person; check S8.',
  },
  {
    rule: 'CSP_GLOBAL_CHECK',
    file: '',
    code: '',
    reason:
      'The tool looks for a tag in a page. The policy is a header on every response of app://sotto; checks S3 and S4.',
  },
]

/** Rules of the second tool, which is fetched when it is run; where it cannot be had, its reasons are not stale. */
export function isOfSecondTool({ rule }: Reasoned): boolean {
  return !rule.startsWith('security/')
}
