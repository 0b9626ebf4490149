// `npm test`: installs what is missing, then runs every suite, inside an empty network namespace where the system allows.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { emptyNetwork } from './emptyNetwork.mjs'
import { pinnedNode, repository, setup } from './setup.mjs'
import { ensureChromium, ensureDebianPackage } from './systemPackages.mjs'

const { installed, milliseconds } = await setup()
console.log(installed ? `set-up: installed, ${Math.round(milliseconds / 1000)} s` : 'set-up: nothing to install')

// What some suites use from the system; whoever misses it skips with the reason.
if (process.platform === 'linux' && !process.argv.includes('--quick')) {
  for (const { reason } of [ensureDebianPackage('strace', ['strace']), ensureChromium()]) {
    if (reason !== undefined) console.log(`set-up: ${reason}`)
  }
}

const { prefix, reason } = emptyNetwork(pinnedNode)
console.log(reason === undefined ? 'network: empty namespace, loopback only' : `network: the machine's own; ${reason}`)

const [command, ...args] = [...prefix, pinnedNode, join(repository, 'scripts', 'suites.ts'), ...process.argv.slice(2)]
const child = spawn(command, args, {
  cwd: repository,
  stdio: ['ignore', 'inherit', 'inherit'],
  shell: process.platform === 'win32',
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('error', (error) => {
  console.error(String(error))
  process.exit(1)
})
child.on('exit', (code) => process.exit(code ?? 1))
