// Programs that come from the system, not from npm: found, installed where that is allowed, or told how to install.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const chromiums = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** What this machine is like, as the functions below need it; tests pass their own. */
export const thisMachine = {
  find: findProgram,
  root: process.getuid?.() === 0,
  ci: process.env.CI === 'true',
  run: (command, args) =>
    spawnSync(command, args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0,
  say: (line) => console.error(line),
}

/**
 * The absolute path of one of `programs`, installing the Debian package only as root or under CI. Answers
 * `{path}` or `{path: undefined, reason}`; the reason holds the exact line a person can run.
 */
export function ensureDebianPackage(debianPackage, programs, machine = thisMachine) {
  const found = first(programs, machine)
  if (found !== undefined) return { path: found }
  if (machine.find('apt-get') === undefined) return missing(`${programs[0]} is not installed`)
  const prefix = machine.root ? [] : ['sudo', '-n']
  const line = `apt-get update && apt-get install -y --no-install-recommends ${debianPackage}`
  const manual = `${programs[0]} is not installed; run: ${machine.root ? line : `sudo sh -c '${line}'`}`
  if (!machine.root && (!machine.ci || machine.find('sudo') === undefined)) return missing(manual)
  machine.say(`Installing ${debianPackage} with apt-get …`)
  const [command, ...rest] = [...prefix, 'sh', '-c', line]
  const installed = machine.run(command, rest) ? first(programs, machine) : undefined
  return installed === undefined ? missing(manual) : { path: installed }
}

/** A Chromium, Chrome or Edge: `CHROME_PATH` first, then the usual names and places, then Debian's package. */
export function ensureChromium(machine = thisMachine) {
  const own = process.env.CHROME_PATH
  return own !== undefined && existsSync(own) ? { path: own } : ensureDebianPackage('chromium', chromiums, machine)
}

function first(programs, machine) {
  return programs.map((program) => machine.find(program)).find((path) => path !== undefined)
}

function missing(reason) {
  return { path: undefined, reason }
}

/** Looks a program up on the PATH, or takes an absolute path as it is. */
function findProgram(name) {
  if (/[\\/]/.test(name)) return existsSync(name) ? name : undefined
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin']
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}
