// Documents that cannot be read, through the real command line: a coded failure each, and the library as it was.
import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { failureOf, notes, report, root, sotto, testFolder, type Run } from './faultCli.ts'

const folder = testFolder()
const data = path.join(folder, 'data')

function file(name: string): string {
  return path.join(folder, name)
}

function summarize(document: string): readonly string[] {
  return ['summarize', document, '--data', data, '--json']
}

let before: Run
beforeAll(async () => {
  before = await sotto(folder, summarize(notes))
  const pdf = readFileSync(report)
  writeFileSync(file('empty.txt'), '')
  writeFileSync(
    file('junk.txt'),
    Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * 73 + (index >> 7) * 41) & 0xff)),
  )
  writeFileSync(file('cut.pdf'), pdf.subarray(0, 9000))
  writeFileSync(file('bytes.pdf'), Buffer.concat([pdf.subarray(0, 200), Buffer.alloc(4000, 7)]))
  const megabyte = 'The committee met and agreed.\n'.repeat(35_000)
  for (let size = 0; size < 200_000_000; size += megabyte.length) appendFileSync(file('large.txt'), megabyte)
  writeFileSync(file('locked.txt'), 'The committee met.\n')
  chmodSync(file('locked.txt'), 0)
  copyFileSync(path.join(root, 'test/fixtures/documents/password-aes256.pdf'), file('password.pdf'))
  mkdirSync(file('folder.pdf'))
  if (process.platform !== 'win32') execFileSync('mkfifo', [file('pipe.txt')])
})

describe('a document that cannot be read', () => {
  test.each([
    ['missing', 'missing.pdf', 'file-missing'],
    ['in a folder that is a file', 'empty.txt/a.pdf', 'file-missing'],
    ['empty', 'empty.txt', 'file-empty'],
    ['binary junk', 'junk.txt', 'format-unsupported'],
    ['a PDF cut short', 'cut.pdf', 'document-corrupt'],
    ['a PDF overwritten', 'bytes.pdf', 'document-corrupt'],
    ['a PDF with a password', 'password.pdf', 'document-encrypted'],
    ['200 MB of text', 'large.txt', 'file-too-large'],
    ['a folder with nothing in it', 'folder.pdf', 'batch-empty'],
  ])('%s', async (_, name, code) => {
    expect(failureOf(await sotto(folder, summarize(file(name))))).toBe(code)
  })

  test('a pipe, a device, a file the system makes up', async (context) => {
    if (process.platform === 'win32') context.skip('Windows has none of these among files')
    for (const name of [file('pipe.txt'), '/dev/zero', '/proc/self/environ']) {
      expect(failureOf(await sotto(folder, summarize(name)))).toBe('file-not-regular')
    }
  })

  test('one we may not read', async (context) => {
    if (process.platform === 'win32') context.skip('file modes do not keep anyone from reading on Windows')
    // Root reads everything unless it is told not to.
    const prefix = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] : []
    if (prefix.length > 0 && spawnSync('setpriv', ['--version']).status !== 0) context.skip('root without setpriv')
    expect(failureOf(await sotto(folder, ['summarize', file('locked.txt'), '--json'], { prefix }))).toBe(
      'file-unreadable',
    )
  })
})

test('a wrong extension is no fault: what it is decides', async () => {
  copyFileSync(notes, file('notes.pdf'))
  copyFileSync(report, file('report.txt'))
  const run = await sotto(folder, ['extract', file('notes.pdf'), file('report.txt'), '--json'])
  const formats = run.output
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { document: { format: string } }).document.format) // as: the output's schema has its own test
  expect([run.code, formats]).toEqual([0, ['markdown', 'pdf']])
})

test('after all that, what was there is there', async () => {
  const after = await sotto(folder, summarize(notes))
  expect([after.code, after.output]).toEqual([0, before.output])
  expect(after.errors).toMatch(/Continuing: \d+ of \d+ steps|^$/)
})
