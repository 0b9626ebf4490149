// Passwords of documents: from a file, from what is piped in, or typed unseen; passed to the reading and to nothing else.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fail } from '#contract/result.ts'
import { runFakeCli, type CliRun, type FakeWorld } from './fakeCli.ts'

let cwd: string
beforeAll(() => {
  cwd = mkdtempSync(path.join(tmpdir(), 'sotto-password-'))
  writeFileSync(path.join(cwd, 'key.txt'), '\ufeffpäss word \r\nnot this')
  writeFileSync(path.join(cwd, 'blank.txt'), '\nnot this')
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

type Locked = { readonly run: CliRun; readonly passwords: readonly (string | undefined)[] }

/** Every reading is refused; what it was given is kept. */
async function locked(argv: readonly string[], world: FakeWorld = {}): Promise<Locked> {
  const passwords: (string | undefined)[] = []
  const run = await runFakeCli(argv, {
    cwd,
    ...world,
    handlers: {
      'documents.extract': async function* ({ password }) {
        passwords.push(password)
        return fail('document-password-wrong', { name: 'a.pdf' })
      },
      'documents.add': async function* ({ password }) {
        passwords.push(password)
        return fail('document-password-wrong', { name: 'a.pdf' })
      },
    },
  })
  return { run, passwords }
}

test.each([
  ['a file’s first line, without its mark', ['extract', 'a.pdf', '--password-file', 'key.txt'], {}, ['päss word ']],
  ['for every file', ['extract', 'a.pdf', 'b.pdf', '--password-file', 'key.txt'], {}, ['päss word ', 'päss word ']],
  ['for a summary', ['summarize', 'a.pdf', '--password-file', 'key.txt'], {}, ['päss word ']],
  ['piped in', ['extract', 'a.pdf', '--password-file', '-'], { input: 'open\nmore\n' }, ['open']],
  ['piped in without a line end', ['extract', 'a.pdf', '--password-file', '-'], { input: 'open' }, ['open']],
  ['nothing piped in', ['extract', 'a.pdf', '--password-file', '-'], {}, [undefined]],
  [
    'typed, with a letter taken back',
    ['summarize', 'a.pdf', '--password-file', '-'],
    { typed: true, input: 'opem\u007fn\r' },
    ['open'],
  ],
  ['none asked for', ['extract', 'a.pdf'], {}, [undefined]],
] as const)('%s', async (_, argv, world, expected) => {
  const { run, passwords } = await locked(argv, world)
  expect(passwords).toEqual(expected)
  expect(run.code).toBe(1)
  const shown = run.output + run.errors
  expect(['päss', 'open', 'opem'].filter((word) => shown.includes(word))).toEqual([])
  expect(run.errors.includes('Password of the document:')).toBe('typed' in world)
})

test('Ctrl+C while typing stops before anything is read', async () => {
  const { run, passwords } = await locked(['extract', 'a.pdf', '--password-file', '-'], {
    typed: true,
    input: 'op\u0003',
  })
  expect([run.code, passwords]).toEqual([130, []])
})

test.each([
  ['missing.txt', 'file-missing'],
  ['blank.txt', 'file-empty'],
  ['.', 'file-unreadable'],
])('a password file that gives none: %s', async (file, code) => {
  const { run, passwords } = await locked(['extract', 'a.pdf', '--json', '--password-file', file])
  const printed: unknown = JSON.parse(run.output)
  expect([run.code, passwords]).toEqual([1, []])
  expect(printed).toMatchObject({ failure: { code } })
})
