// Checks who imports whom over the whole tree, and that the tool really read every file: none read is no violation found.
import { readdirSync } from 'node:fs'
import { join, sep } from 'node:path'
import { runProgram } from './runProgram.ts'

type Report = {
  readonly modules: readonly { readonly source: string; readonly dependencies: readonly unknown[] }[]
  readonly summary: {
    readonly violations: readonly {
      readonly from: string
      readonly to: string
      readonly rule: { readonly name: string }
    }[]
  }
}

/** Below these the tool is broken, not the tree small. */
const minimumModules = 120
const minimumDependencies = 300

const folders = ['main', 'preload', 'renderer', 'scripts', 'test'].filter((folder) => files(folder).length > 0)
const cruiser = 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'
const args = [cruiser, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders]
const { output } = await runProgram(args, { quiet: true, minutes: 5 })
const problems = problemsOf(parse(output))
for (const problem of problems) console.log(problem)
process.exitCode = problems.length === 0 ? 0 : 1

function parse(text: string): Report | undefined {
  try {
    return JSON.parse(text) as Report // as: the tool's documented output
  } catch {
    return undefined
  }
}

function problemsOf(report: Report | undefined): readonly string[] {
  if (report === undefined) return [output]
  const read = new Set(report.modules.map(({ source }) => source))
  const dependencies = report.modules.reduce((sum, module) => sum + module.dependencies.length, 0)
  const unread = folders.flatMap(files).filter((file) => !read.has(file))
  const broken = report.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)
  console.log(`${read.size} modules, ${dependencies} dependencies`)
  return [
    ...broken,
    ...unread.map((file) => `not read: ${file}`),
    ...(read.size < minimumModules ? [`only ${read.size} modules read, at least ${minimumModules} expected`] : []),
    ...(dependencies < minimumDependencies ? [`only ${dependencies} dependencies seen`] : []),
  ]
}

/** Source files under a folder, with forward slashes; canaries and declaration files are not part of the tree. */
function files(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && /(?<!\.d)\.(?:ts|tsx|mjs|js)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name).split(sep).join('/'))
      .filter((path) => !path.startsWith('test/rules/canaries/') && !path.startsWith('test/fixtures/'))
  } catch {
    return []
  }
}
