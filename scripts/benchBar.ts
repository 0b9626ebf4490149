// Runs one bench in a process of its own and writes its result: node scripts/benchBar.ts NAME ROUNDS FILE.
import { writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Bar, BarResult } from '../test/bench/bar.ts'

const [name = '', rounds = '5', file = ''] = process.argv.slice(2)
const path = join(import.meta.dirname, '..', 'test', 'bench', 'bars', `${name}.ts`)
const { bar } = (await import(pathToFileURL(path).href)) as { readonly bar: Bar } // as: every file there exports one
const loadBefore = loadavg()[0] ?? 0
const begun = performance.now()
const outcome = await bar.run({ rounds: Number(rounds), say: (line) => console.log(`   ${line}`) })
const result: BarResult = {
  name,
  title: bar.title,
  how: bar.how,
  date: new Date().toISOString(),
  seconds: Math.round((performance.now() - begun) / 100) / 10,
  loadBefore,
  outcome,
}
writeFileSync(file, JSON.stringify(result))
