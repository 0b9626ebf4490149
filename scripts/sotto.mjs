#!/usr/bin/env node
// Starts the command line on the Node this checkout brings along, whatever Node called it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../main/hosts/cli/main.ts', import.meta.url))
const carried = fileURLToPath(
  new URL(`../node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`, import.meta.url),
)

/** Whether this Node runs the program as it is: TypeScript without a build step, and everything the program uses. */
function canRunHere() {
  return Number(process.versions.node.split('.')[0]) >= 24
}

function hasDependencies() {
  return existsSync(fileURLToPath(new URL('../node_modules/zod/package.json', import.meta.url)))
}

function runOnCarriedNode() {
  // The channel carries nothing: its end tells the child that this launcher is gone, however it went.
  const child = spawn(carried, [main, ...process.argv.slice(2)], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // From a terminal Ctrl+C reaches the child as well; it takes the two for one.
    process.on(signal, () => child.kill(signal))
  }
  child.on('error', (error) => {
    console.error(
      `Sotto could not be started (${error.code ?? 'unknown'}). Run "npm install" in its folder and try again.`,
    )
    process.exit(1)
  })
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}

if (!hasDependencies()) {
  console.error('Sotto’s parts are not installed yet. Run "npm install" in its folder, or "npm start", and try again.')
  process.exit(1)
} else if (canRunHere()) {
  await import(main)
} else if (existsSync(carried)) {
  runOnCarriedNode()
} else {
  console.error(
    `Sotto needs Node 24 or later; this is ${process.version}. Run "npm install" in its folder: it brings one along.`,
  )
  process.exit(1)
}
