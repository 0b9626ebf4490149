// `npm start`: installs what is missing, builds what changed, and opens Sotto: until it has a window, the CLI on a sample.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pinnedNode, repository, setup } from './setup.mjs'

await setup()
const given = process.argv.slice(2).find((argument) => !argument.startsWith('-'))
const document = given ?? sample()
if (document === undefined) {
  console.error('There is no sample document in resources/samples. Try: npm start -- FILE')
  process.exit(1)
}
console.log(`Summarizing ${given ?? relative(repository, document)} on this computer …\n`)
const code = sotto(['summarize', document])
if (code === 0) console.log(nextSteps())
process.exit(code)

/** The first sample, PDF before Markdown. */
function sample() {
  const folder = join(repository, 'resources', 'samples')
  const names = existsSync(folder) ? readdirSync(folder).sort() : []
  const name = names.find((each) => each.endsWith('.pdf')) ?? names.find((each) => each.endsWith('.md'))
  return name === undefined ? undefined : join(folder, name)
}

/** Runs the CLI where the person stands; answers its exit code. */
function sotto(args) {
  const options = { stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' }
  return spawnSync(pinnedNode, [join(repository, 'scripts', 'sotto.mjs'), ...args], options).status ?? 1
}

function nextSteps() {
  return `
What to try next:
  npx sotto summarize YOUR-FILE.pdf        .pdf, .md and .txt; add --preset bullets, or --json
  npx sotto ask "What was decided?"        talks to the model on this computer
  npx sotto doctor                         what works here, and what does not`
}
