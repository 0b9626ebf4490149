// In Electron the engine's process starts no other, and the library's trial of its binary is answered in its place.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'

const guard = path.resolve(import.meta.dirname, '../../../main/inference/process/processGuard.ts')

/** Runs lines in a Node of their own, guard installed; answers what they print as JSON. */
function behindGuard(lines: string): unknown {
  const script = `
    const { installProcessGuard } = await import(${JSON.stringify(guard)})
    installProcessGuard()
    const children = await import('node:child_process')
    ${lines}`
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  expect(run.stderr).toBe('')
  return JSON.parse(run.stdout)
}

test('nothing starts a process', () => {
  const said = behindGuard(`
    const names = ['exec', 'execFile', 'execFileSync', 'execSync', 'spawn', 'spawnSync', 'fork']
    console.log(JSON.stringify(names.map((name) => { try { children[name]('node'); return 'started' } catch (error) { return error.code } })))`)
  expect(said).toEqual(Array.from({ length: 7 }, () => 'ERR_PROCESS_BLOCKED'))
})

test('the trial of the binary is answered step by step and then ends', () => {
  const said = behindGuard(`
    const heard = []
    const trial = children.fork('/app/node_modules/node-llama-cpp/dist/bindings/utils/testBindingBinary.js')
    const answers = { ready: 'start', loaded: 'test', done: 'exit' }
    trial.on('message', ({ type }) => { heard.push(type); trial.send({ type: answers[type] }) })
    trial.on('exit', (code) => { heard.push(code); console.log(JSON.stringify(heard)) })`)
  expect(said).toEqual(['ready', 'loaded', 'done', 0])
})

test('the engine’s library starts behind the guard, without a process of its own', () => {
  const said = behindGuard(`
    const library = await import('node-llama-cpp')
    const engine = await library.getLlama({ gpu: false, build: 'never', skipDownload: true, progressLogs: false, maxThreads: 1 })
    console.log(JSON.stringify({ gpu: engine.gpu }))
    await engine.dispose()`)
  expect(said).toEqual({ gpu: false })
}, 30_000)
