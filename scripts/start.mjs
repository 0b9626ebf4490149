// `npm start`: installs what is missing, then opens Sotto on the pinned Node; see openSotto.ts for what follows.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pinnedNode, repository, setup } from './setup.mjs'

await setup()
const child = spawn(pinnedNode, [join(repository, 'scripts', 'openSotto.ts'), ...process.argv.slice(2)], {
  // The channel carries nothing: its end tells the child that this launcher is gone, however it went.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  shell: process.platform === 'win32',
})
// From a terminal Ctrl+C reaches the child as well; it takes the two for one.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('error', (error) => {
  console.error(String(error))
  process.exit(1)
})
child.on('exit', (code) => process.exit(code ?? 1))
