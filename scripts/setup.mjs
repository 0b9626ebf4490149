// Makes the checkout ready to run: the locked packages and the pinned Node, installed only when something is missing.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's folder, absolute. */
export const repository = dirname(dirname(fileURLToPath(import.meta.url)))

/** The pinned Node that everything runs on, absolute; there after `setup()`. */
export const pinnedNode = join(repository, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')

const stampFile = join(repository, 'node_modules', '.sotto-installed')

/**
 * Installs what is missing and nothing else. Answers whether it installed and the milliseconds it took; on failure it
 * prints what to do and ends the process with 1. Needs Node 18 or later and npm on the PATH.
 */
export async function setup() {
  const started = Date.now()
  if (Number(process.versions.node.split('.')[0]) < 18)
    stop('Sotto needs Node 18 or later on the PATH to install itself.')
  const wanted = readJson(join(repository, 'package.json'))
  const lock = readFileSync(join(repository, 'package-lock.json'))
  const stamp = createHash('sha256').update(lock).digest('hex')
  const pinned = wanted.devDependencies.node
  // A record of what is installed does not know that somebody, or a full disk, took a part of it away.
  const lacking = lackingPackages({ ...wanted.dependencies, ...wanted.devDependencies })
  if (lacking.length === 0 && read(stampFile) === stamp && existsSync(pinnedNode))
    return { installed: false, milliseconds: Date.now() - started }

  const installed = lacking.length > 0 || !matchesLock(JSON.parse(lock.toString()))
  if (installed) await install(JSON.parse(lock.toString()))
  if (nodeVersion() !== `v${pinned}`) await fetchNode(pinned)
  writeFileSync(stampFile, stamp)
  const milliseconds = Date.now() - started
  if (installed) say(`Installed in ${Math.round(milliseconds / 1000)} s.`)
  return { installed, milliseconds }
}

/** Compares npm's own record of what is installed with the lock: true when every package this platform needs is there. */
export function matchesLock(lock, record = readJson(join(repository, 'node_modules', '.package-lock.json'))) {
  if (record === undefined || record === null) return false
  return Object.entries(lock.packages).every(([path, locked]) => {
    if (path === '') return true
    const found = record.packages[path]
    if (found === undefined) return locked.optional === true || locked.peer === true
    return found.version === locked.version && found.integrity === locked.integrity
  })
}

/** Which of the packages named are not there, by their folders. */
export function lackingPackages(named, isThere = (name) => existsSync(packageFile(name))) {
  return Object.keys(named).filter((name) => !isThere(name))
}

function packageFile(name) {
  return join(repository, 'node_modules', name, 'package.json')
}

async function install(lock) {
  const count = Object.keys(lock.packages).length - 1
  say(`Installing up to ${count} locked packages from the npm registry (about 1.5 GB on disk, a minute or two) …`)
  // No package may run a script of its own: the two that would fetch or compile bring what they need inside the package.
  const args = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund']
  let result = await npm(args)
  if (result.code !== 0) {
    say('That did not work; trying once more …')
    result = await npm(args)
  }
  if (result.code !== 0) {
    console.error(result.output.split('\n').slice(-25).join('\n'))
    stop(
      'npm could not install the packages. Check that the npm registry can be reached (proxy?) and run the command again.',
    )
  }
}

/** The one install script that is allowed: the `node` package puts its binary in place. */
async function fetchNode(version) {
  say(`Putting Node ${version} in place …`)
  let result = await npm(['rebuild', 'node', '--ignore-scripts=false'])
  if (nodeVersion() !== `v${version}`) result = await npm(['rebuild', 'node', '--ignore-scripts=false'])
  if (nodeVersion() === `v${version}`) return
  console.error(result.output.split('\n').slice(-25).join('\n'))
  rmSync(stampFile, { force: true })
  stop(
    `Node ${version} could not be put into node_modules. Check that the npm registry can be reached and run the command again.`,
  )
}

function nodeVersion() {
  return spawnSync(pinnedNode, ['--version'], { encoding: 'utf8', shell: process.platform === 'win32' }).stdout?.trim()
}

/** Runs npm without stdin and says every 15 s that it is still at it. */
function npm(args) {
  const started = Date.now()
  // Under `npm run` we are the pinned Node ourselves, and `npm ci` has just removed it; then the system's npm goes on.
  const alive = existsSync(process.execPath)
  const ownNpm = alive && process.env.npm_execpath?.endsWith('.js') ? process.env.npm_execpath : undefined
  const [command, all] = ownNpm === undefined ? ['npm', args] : [process.execPath, [ownNpm, ...args]]
  return new Promise((resolve) => {
    const shell = ownNpm === undefined && process.platform === 'win32'
    const child = spawn(command, all, { cwd: repository, stdio: ['ignore', 'pipe', 'pipe'], shell })
    const beat = setInterval(() => say(`… ${Math.round((Date.now() - started) / 1000)} s`), 15_000)
    let output = ''
    for (const pipe of [child.stdout, child.stderr]) pipe.on('data', (data) => (output += data))
    child.on('error', (error) => finish(127, String(error)))
    child.on('close', (code) => finish(code ?? 1, ''))
    function finish(code, more) {
      clearInterval(beat)
      resolve({ code, output: output + more })
    }
  })
}

function say(line) {
  console.error(line)
}

function stop(line) {
  console.error(line)
  process.exit(1)
}

function read(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function readJson(path) {
  const text = read(path)
  return text === undefined ? undefined : JSON.parse(text)
}
