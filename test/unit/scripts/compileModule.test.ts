// A module as Electron runs it: types gone, names of files changed, everything else as it was.
import { expect, test } from 'vitest'
import { compileModule, importedPackages } from '../../../scripts/compileModule.ts'

test('types go, relative imports and addresses of files name the compiled ones, the contract keeps its name', () => {
  const source = [
    "import type { Host } from './host.ts'",
    "import { ok } from '#contract/result.ts'",
    "import { start } from '../start.ts'",
    'export async function run(host: Host): Promise<void> {',
    "  const { more } = await import('./more.ts')",
    "  start(new URL('./worker.ts', import.meta.url), new URL('https://example.org/a.ts'), ok(more), host)",
    '}',
  ].join('\n')
  expect(compileModule('main/run.ts', source).trim().split('\n')).toEqual([
    "import { ok } from '#contract/result.ts';",
    'import { start } from "../start.js";',
    'export async function run(host) {',
    '    const { more } = await import("./more.js");',
    "    start(new URL('./worker.js', import.meta.url), new URL('https://example.org/a.ts'), ok(more), host);",
    '}',
  ])
})

test('what cannot be compiled throws with its file', () => {
  expect(() => compileModule('main/broken.ts', 'export const = 1')).toThrow(/^main\/broken\.ts: /)
})

test('packages are named once each, without their inner paths', () => {
  const script = [
    "import { z } from 'zod'",
    "import 'zod/v4'",
    "import { AsyncEntry } from '@napi-rs/keyring/inner'",
    "import { ok } from '#contract/result.ts'",
    "import './near.js'",
    "const conf = await import('conf')",
  ].join('\n')
  expect(importedPackages(script)).toEqual(['zod', '@napi-rs/keyring', 'conf'])
})
