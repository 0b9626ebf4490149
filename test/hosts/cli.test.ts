// The command line as a process of its own, started the way a person starts it, on the real engine.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { extractOutput, failedOutput, summarizeOutput } from '../../main/hosts/cli/output.ts'
import { prose } from '../fakes/prose.ts'

const root = path.resolve(import.meta.dirname, '../..')
const launcher = path.join(root, 'scripts/sotto.mjs')
const report = path.join(root, 'resources/samples/harbour-report.pdf')
const notes = path.join(root, 'resources/samples/meeting-notes.md')

let folder: string
let long: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sotto-cli-'))
  mkdirSync(path.join(folder, 'home'))
  long = path.join(folder, 'long.txt')
  writeFileSync(long, Array.from({ length: 60 }, (_, index) => prose(12, index + 1)).join('\n\n'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Run = { readonly code: number | null; readonly output: string; readonly errors: string }

/** Starts the CLI; `onErrors` sees what was written for people so far, and may send signals. */
function sotto(arguments_: readonly string[], onErrors?: (text: string, kill: () => void) => void): Promise<Run> {
  const home = path.join(folder, 'home')
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    XDG_CONFIG_HOME: home,
    LANG: 'en_US.UTF-8',
    SOTTO_KEYSTORE: 'file',
  }
  const child = spawn(process.execPath, [launcher, ...arguments_], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let errors = ''
  child.stdout.on('data', (part) => (output += String(part)))
  child.stderr.on('data', (part) => {
    errors += String(part)
    onErrors?.(errors, () => child.kill('SIGINT'))
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output, errors })))
}

describe('a document under a password', () => {
  const locked = path.join(root, 'test/fixtures/documents/password-aes256.pdf')

  test('the right one opens it; a wrong one is nowhere to be found afterwards', async () => {
    const [right, wrong, data] = ['right.txt', 'wrong.txt', 'locked-data'].map((name) => path.join(folder, name))
    const canary = 'Kanarienvogel-4711'
    writeFileSync(right ?? '', 'secret\nsecond line\n')
    writeFileSync(wrong ?? '', `${canary}\n`)
    const opened = await sotto(['extract', locked, '--password-file', right ?? '', '--json'])
    expect([opened.code, extractOutput.parse(JSON.parse(opened.output)).failure]).toEqual([0, undefined])
    const refused = await sotto(['summarize', locked, '--password-file', wrong ?? '', '--data', data ?? '', '--json'])
    expect([refused.code, failedOutput.parse(JSON.parse(refused.output)).failure.code]).toEqual([
      1,
      'document-password-wrong',
    ])
    const written = readdirSync(data ?? '', { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(written.length).toBeGreaterThan(0)
    const texts = written.map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
    expect([...texts, refused.output, refused.errors].filter((text) => text.includes(canary))).toEqual([])
  })
})

describe('without opening anything', () => {
  test('help touches nothing', async () => {
    expect((await sotto(['--help'])).code).toBe(0)
    expect(readdirSync(path.join(folder, 'home'))).toEqual([])
  })

  test('a wrong command line exits 2 with help on the error output', async () => {
    const run = await sotto(['summarize'])
    expect([run.code, run.output]).toEqual([2, ''])
    expect(run.errors).toContain('Which file?')
  })
})

describe('on the samples, keeping nothing', () => {
  test('extract reads what it can and tells of what it cannot', async () => {
    const run = await sotto(['extract', report, 'missing.pdf', notes, '--json'])
    const lines = run.output.trim().split('\n')
    const parsed = lines.map((line) => extractOutput.parse(JSON.parse(line)))
    expect(run.code).toBe(1)
    expect(parsed.map(({ document, failure }) => [document.name, document.format, failure?.code])).toEqual([
      ['harbour-report.pdf', 'pdf', undefined],
      ['missing.pdf', null, 'file-missing'],
      ['meeting-notes.md', 'markdown', undefined],
    ])
    expect(parsed.map(({ segments }) => segments.length > 0)).toEqual([true, false, true])
    expect(readdirSync(path.join(folder, 'home'))).toEqual([])
  })

  test('summarize ends by itself, every sentence from the document, coverage complete', async () => {
    const run = await sotto(['summarize', report, '--json'])
    expect(run.code).toBe(0)
    const { summary, provenance } = summarizeOutput.parse(JSON.parse(run.output))
    expect(summary.coverage).toEqual({ unit: 'page', total: 6, read: 6, withoutText: [] })
    expect(summary.claims.length).toBeGreaterThan(0)
    expect(summary.claims.filter((claim) => !claim.supported || claim.locators.length === 0)).toEqual([])
    expect(provenance).toMatchObject({ mode: 'extractive', prompt: { id: expect.any(String) as string } }) // as: vitest types matchers as any
  })

  test('a model that is none is refused before anything is loaded', async () => {
    const run = await sotto(['summarize', report, '--model', notes, '--json'])
    expect(run.code).toBe(1)
    expect(failedOutput.parse(JSON.parse(run.output)).failure.code).toBe('model-invalid')
  })
})

describe('with a data folder', () => {
  test('Ctrl+C keeps the finished steps, and the same command goes on from there', async () => {
    const data = path.join(folder, 'data')
    const command = ['summarize', long, '--data', data, '--json']
    const stopped = await sotto(command, (errors, kill) => {
      if (/[1-9]\d* of \d+ steps/.test(errors) && !errors.includes('Stopping')) kill()
    })
    expect([stopped.code, stopped.output]).toEqual([130, ''])
    expect(stopped.errors).toContain('The finished steps are kept')
    const finished = await sotto(command)
    expect(finished.code).toBe(0)
    expect(finished.errors).toMatch(/Continuing: [1-9]\d* of \d+ steps were already done\./)
    summarizeOutput.parse(JSON.parse(finished.output))
  })

  test('nothing of the document is in the log', () => {
    const log = readFileSync(path.join(folder, 'data/logs/sotto.log'), 'utf8')
    expect(log.length).toBeGreaterThan(0)
    for (const word of ['committee', 'invoice', 'long.txt', folder]) expect(log).not.toContain(word)
  })

  test('a folder in use is told with the process that uses it; looking is still possible', async () => {
    const data = path.join(folder, 'shared')
    const looked = Promise.withResolvers<readonly Run[]>()
    let asked = false
    const owner = sotto(['summarize', long, '--data', data], (errors, kill) => {
      if (asked || !errors.includes('Reading lines')) return
      asked = true
      const others = [sotto(['extract', notes, '--data', data, '--json']), sotto(['ledger', 'verify', '--data', data])]
      void Promise.all(others).then((runs) => {
        looked.resolve(runs)
        kill()
      })
    })
    const [second, looking] = await looked.promise
    expect((await owner).code).toBe(130)
    expect([second?.code, looking?.code]).toEqual([1, 0])
    expect(failedOutput.parse(JSON.parse(second?.output ?? '')).failure.code).toBe('data-in-use')
  })
})
