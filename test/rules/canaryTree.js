// Reads the canary tree: deliberately bad files that mirror the product's folders, each saying which rule must catch it.
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** The repository's folder, absolute. */
export const repository = join(import.meta.dirname, '..', '..')

/** The canary tree's folder, absolute. */
export const canaryFolder = join(import.meta.dirname, 'canaries')

/**
 * What each file of the tree is expected to break under one tool: `deps` (imports), `lint` or `types`. Paths are
 * relative to the tree with forward slashes; a file without a canary line for that tool is expected to break nothing.
 */
export function expectations(tool) {
  const expected = {}
  for (const path of files(canaryFolder)) {
    const line = /^\/\/ canary: (\w+) (.+)$/m.exec(readFileSync(path, 'utf8'))
    const name = relative(canaryFolder, path).split(sep).join('/')
    expected[name] = line?.[1] === tool ? [line[2]] : []
  }
  return expected
}

/** Files whose canary line names this tool, for comparing only what the tool was meant to see. */
export function canariesOf(tool) {
  return Object.fromEntries(Object.entries(expectations(tool)).filter(([, rules]) => rules.length > 0))
}

/** Runs a script of a package under this Node inside the tree; answers stdout whatever the exit code. */
export function runInTree(script, args) {
  return new Promise((resolve) => {
    const options = { cwd: canaryFolder, maxBuffer: 1 << 28 }
    execFile(process.execPath, [join(repository, 'node_modules', script), ...args], options, (_error, stdout) =>
      resolve(stdout),
    )
  })
}

/** Groups `[file, rule]` pairs into sorted unique rules by file. */
export function byFile(pairs) {
  const grouped = {}
  for (const [file, rule] of pairs) grouped[file] = [...new Set([...(grouped[file] ?? []), rule])].sort()
  return grouped
}

function files(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}
