// R4 for models: a disk that fills up in the middle, and the order in which bytes and names reach it.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { mountRefusal, root, testFolder, withMounts } from './faultCli.ts'

const folder = testFolder()

function fixture(name: string): string {
  return path.join(root, 'test/fixtures/models', name)
}

test(
  'a full disk in the middle: said so, nothing passes for a model, and with room it goes on',
  { timeout: 120_000 },
  (context) => {
    const refusal = mountRefusal()
    if (refusal !== null) return context.skip(refusal)
    const small = path.join(folder, 'small')
    mkdirSync(small)
    const [command = '', ...words] = [
      ...withMounts(`mount -t tmpfs -o size=1m none '${small}'`),
      ...[process.execPath, fixture('fullDisk.ts'), small, folder],
    ]
    const run = spawnSync(command, words, { encoding: 'utf8' })
    expect([run.status, run.stderr.replace(/^.*ExperimentalWarning.*$/gm, '').trim()]).toEqual([0, ''])
    expect(JSON.parse(run.stdout)).toEqual({
      first: 'failed disk-full ',
      left: ['d1.part'],
      copy: 'disk-full',
      afterCopy: [],
      // The service that links is not there, so the end is a failure; the file is whole and verified all the same.
      second: 'failed model-not-installed right',
      after: ['large.gguf'],
    })
  },
)

test('flushed, then named, then the folder flushed: a power cut between leaves a part, never a name without bytes', (context) => {
  if (spawnSync('strace', ['-V']).status !== 0) return context.skip('strace is not installed')
  const calls = 'trace=openat,fsync,fdatasync,rename,renameat,renameat2'
  const words = ['-f', '-qq', '-y', '-e', calls, process.execPath, fixture('powerCut.ts'), folder]
  const run = spawnSync('strace', words, { encoding: 'utf8' })
  const seen = run.stderr.split('\n').flatMap((line) => {
    if (/f(data)?sync\(\d+<[^>]*model\.part>/.test(line)) return ['flush part']
    if (/rename(at2?)?\(.*model\.part.*model\.gguf/.test(line)) return ['name']
    return new RegExp(`fsync\\(\\d+<${folder}>`).test(line) ? ['flush folder'] : []
  })
  expect(seen).toEqual(['flush part', 'name', 'flush folder'])
  expect(readdirSync(folder)).toContain('model.gguf')
})
