// `npm run bench [-- NAME…]`: runs the measurements in test/bench one after another; each prints its own figures.
import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { runProgram } from './runProgram.ts'

const folder = join(import.meta.dirname, '..', 'test', 'bench')
const wanted = process.argv.slice(2)
const names = (existsSync(folder) ? readdirSync(folder) : [])
  .filter((name) => name.endsWith('.ts') && (wanted.length === 0 || wanted.includes(basename(name, '.ts'))))
  .sort()

if (names.length === 0) console.log('There is nothing to measure in test/bench.')
for (const name of names) {
  console.log(`\n── ${basename(name, '.ts')}`)
  const { code } = await runProgram([join(folder, name)], { quiet: false, minutes: 30 })
  if (code !== 0) process.exitCode = 1
}
