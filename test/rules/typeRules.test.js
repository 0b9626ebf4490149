// Logic compiles without Node, DOM, clock and network, and the strict flags are on: each shown by a file that must not compile.
import { expect, test } from 'vitest'
import { byFile, canariesOf, runInTree } from './canaryTree.js'

test('each canary fails to compile for its reason and nothing else fails', async () => {
  const output = await runInTree('typescript/bin/tsc', ['--project', 'types', '--pretty', 'false'])
  const errors = [...output.matchAll(/^([^\s(]+)\(\d+,\d+\): error (TS\d+):/gm)]
  expect(byFile(errors.map(([, file, code]) => [file, code]))).toEqual(canariesOf('types'))
})
