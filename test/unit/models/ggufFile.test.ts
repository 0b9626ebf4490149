// A model file on disk: what is no plain file is never waited for, and a header never costs more memory than a real one.
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fail } from '#contract/result.ts'
import { checkFile, readHeader, stampFile } from '../../../main/models/ggufFile.ts'
import { ggufBytes, listHead, soundFile, withMetadata } from '../../fixtures/gguf.ts'

const never = new AbortController().signal

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'gguf-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('a pipe nobody writes to is refused at once', async (context) => {
  if (os.platform() === 'win32') context.skip('Windows has no pipes among files')
  const pipe = path.join(folder, 'pipe.gguf')
  execFileSync('mkfifo', [pipe])
  const refused = fail('file-not-regular', { name: 'pipe.gguf' })
  expect([await stampFile(pipe), await readHeader(pipe), await checkFile(pipe, never)]).toEqual([
    refused,
    refused,
    refused,
  ])
})

test('a folder and a device are refused', async (context) => {
  if (os.platform() === 'win32') context.skip('Windows has no devices among files')
  expect(await stampFile(folder)).toEqual(fail('file-not-regular', { name: path.basename(folder) }))
  expect(await stampFile('/dev/zero')).toEqual(fail('file-not-regular', { name: 'zero' }))
})

test.each([200_000_000, 60_000_000_000])(
  'a sparse file that claims a header of %d bytes is refused unread',
  async (count) => {
    const file = path.join(folder, 'sparse.gguf')
    await writeFile(
      file,
      ggufBytes(withMetadata({ 'a.big': { type: 'raw', valueType: 9, bytes: listHead(0, BigInt(count)) } })),
    )
    await truncate(file, count + 1_000_000)
    const before = process.memoryUsage.rss()
    expect(await readHeader(file)).toEqual(fail('model-invalid', { name: 'sparse.gguf', reason: 'header-too-large' }))
    expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000)
  },
)

test('hashing stops when asked to', async () => {
  const file = path.join(folder, 'sound.gguf')
  await writeFile(file, ggufBytes(soundFile))
  expect(await checkFile(file, AbortSignal.abort())).toEqual({ ok: true, value: null })
})
