// Where there is nothing to show, that is said: an empty folder, an empty library.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ok } from '#contract/result.ts'
import type { Handlers } from '../../../../main/rpc/handler.ts'
import { runFakeCli } from './fakeCli.ts'

test('a folder without documents is told, and is no failure', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sotto-empty-'))
  const handlers: Partial<Handlers> = {
    'library.walk': async function* () {
      yield { type: 'files', paths: [] }
      return ok(undefined)
    },
  }
  const run = await runFakeCli(['extract', folder], { handlers, terminal: true })
  rmSync(folder, { recursive: true })
  // A line that stays, not the progress that goes away.
  expect([run.code, run.output, run.errors.endsWith('0 files found\n')]).toEqual([0, '', true])
})

test.each([
  [0, 'The library is empty. Add a folder: sotto library add FOLDER\n'],
  [3, 'Nothing found.\n'],
])('a search that finds nothing among %i files', async (total, words) => {
  const handlers: Partial<Handlers> = {
    'library.search': async () => ok({ hits: [], cursor: null }),
    'library.list': async () => ok({ files: [], total }),
  }
  expect(await runFakeCli(['search', 'ferry'], { handlers })).toMatchObject({ code: 0, output: words })
})
