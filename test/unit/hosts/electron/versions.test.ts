// No package that carries a wall of ours is older than the version that made the wall.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const repository = path.resolve(import.meta.dirname, '../../../..')

function read(file: string): unknown {
  return JSON.parse(readFileSync(path.join(repository, file), 'utf8'))
}

const floors = read('scripts/versionFloors.json') as Record<string, { readonly floor: string; readonly why: string }> // as: our own file
const { packages } = read('package-lock.json') as { readonly packages: Record<string, { readonly version?: string }> } // as: npm's lockfile

/** Major, minor and patch as one number; a version that is none is below every floor. */
function rank(version: string | undefined): number {
  const parts = /^(\d+)\.(\d+)\.(\d+)$/.exec(version ?? '')
  return parts === null ? -1 : Number(parts[1]) * 1e8 + Number(parts[2]) * 1e4 + Number(parts[3])
}

test.each(Object.entries(floors))('S18: %s is not below its floor', (name, { floor, why }) => {
  expect(why.length).toBeGreaterThan(10)
  expect(rank(floor)).toBeGreaterThan(0)
  expect(rank(packages[`node_modules/${name}`]?.version)).toBeGreaterThanOrEqual(rank(floor))
})

test('S18: Electron and the builder are pinned exactly', () => {
  const { devDependencies } = read('package.json') as { readonly devDependencies: Record<string, string> } // as: our own file
  expect(['electron', 'electron-builder', '@electron/fuses'].filter((name) => rank(devDependencies[name]) < 0)).toEqual(
    [],
  )
})
