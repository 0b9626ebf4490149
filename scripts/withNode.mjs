// Runs a TypeScript file of this repository on the pinned Node after set-up: node scripts/withNode.mjs FILE [argument…].
import { spawn } from 'node:child_process'
import { pinnedNode, repository, setup } from './setup.mjs'

await setup()
const options = { cwd: repository, stdio: 'inherit', shell: process.platform === 'win32' }
const child = spawn(pinnedNode, process.argv.slice(2), options)
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 1))
