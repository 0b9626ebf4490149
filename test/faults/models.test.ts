// Model files that must not reach the engine, through the real command line; and no model at all.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { failedOutput } from '../../main/hosts/cli/output.ts'
import { ggufBytes, listHead, soundFile, withMetadata, type FixtureFile } from '../fixtures/gguf.ts'
import { failureOf, mountRefusal, notes, root, sotto, starter, testFolder, withMounts } from './faultCli.ts'

const folder = testFolder()

function file(name: string): string {
  return path.join(folder, name)
}

function withModel(model: string): readonly string[] {
  return ['summarize', notes, '--model', model, '--json']
}

function write(name: string, content: FixtureFile | Uint8Array | string): string {
  writeFileSync(file(name), typeof content === 'string' || content instanceof Uint8Array ? content : ggufBytes(content))
  return file(name)
}

/** The reason inside `model-invalid`, as its sentence says it. */
function reasonIn(output: string): string | undefined {
  return /\(([a-z-]+)\)/.exec(failedOutput.parse(JSON.parse(output)).failure.message)?.[1]
}

const huge = 1n << 60n

describe('V10: a model file that is none, or a hostile one', () => {
  const probes: readonly (readonly [string, FixtureFile | Uint8Array | string])[] = [
    ['empty', ''],
    ['not-gguf', readFileSync(notes)],
    ['too-short', 'GGUF'],
    ['truncated', readFileSync(starter).subarray(0, 100_000)],
    ['number-too-large', { metadata: {}, tensors: [], keyCount: huge, tensorCount: 1n }],
    ['too-many-keys', { ...soundFile, keyCount: 10_001n }],
    ['too-many-tensors', { ...soundFile, tensorCount: 100_001n }],
    ['no-tensors', { ...soundFile, tensors: [] }],
    ['tensor-out-of-bounds', { ...soundFile, dataBytes: 100 }],
    ['unknown-tensor-type', { ...soundFile, tensors: [{ name: 'a', dimensions: [8], ggmlType: 4 }] }],
    ['bad-block-count', withMetadata({ 'llama.block_count': { type: 'u32', value: 100_000 } })],
    ['bad-scores', withMetadata({ 'tokenizer.ggml.scores': { type: 'u8s', value: Array<number>(8).fill(1) } })],
    [
      'bad-byte-token',
      withMetadata({
        'tokenizer.ggml.tokens': { type: 'texts', value: ['<0x-1>', '1', '2', '3', '4', '5', '6', '7'] },
      }),
    ],
  ]
  test.each(probes)('%s', async (reason, content) => {
    const run = await sotto(folder, withModel(write(`${reason}.gguf`, content)))
    expect([failureOf(run), reasonIn(run.output)]).toEqual(['model-invalid', reason])
  })

  test('a sparse file of 60 GB that claims it is all header', async () => {
    const model = write(
      'sparse.gguf',
      withMetadata({ big: { type: 'raw', valueType: 9, bytes: listHead(0, 59_000_000_000n) } }),
    )
    truncateSync(model, 60_000_000_000)
    const run = await sotto(folder, withModel(model))
    expect([failureOf(run), reasonIn(run.output)]).toEqual(['model-invalid', 'header-too-large'])
  })

  test('one whose header is right and which the engine cannot run', async () => {
    const model = write('tiny.gguf', withMetadata({ 'tokenizer.chat_template': undefined }))
    expect(failureOf(await sotto(folder, withModel(model)))).toBe('model-load-failed')
  })

  test('missing, a folder, a device, a pipe', async (context) => {
    if (process.platform === 'win32') context.skip('Windows has none of these among files')
    mkdirSync(file('folder.gguf'))
    execFileSync('mkfifo', [file('pipe.gguf')])
    expect(failureOf(await sotto(folder, withModel(file('missing.gguf'))))).toBe('file-missing')
    for (const model of [file('folder.gguf'), '/dev/zero', file('pipe.gguf')]) {
      expect(failureOf(await sotto(folder, withModel(model)))).toBe('file-not-regular')
    }
  })
})

describe('R5: the model that came with the app', () => {
  const models = path.join(root, 'resources/models')

  test('is not there', async (context) => {
    const refusal = mountRefusal()
    if (refusal !== null) context.skip(refusal)
    const prefix = withMounts(`mount -t tmpfs none '${models}'`)
    expect(failureOf(await sotto(folder, ['summarize', notes, '--json'], { prefix }))).toBe('model-not-installed')
  })

  test('was altered', async (context) => {
    const refusal = mountRefusal()
    if (refusal !== null) context.skip(refusal)
    const bytes = readFileSync(starter)
    const at = bytes.length - 1000
    bytes[at] = (bytes[at] ?? 0) ^ 1
    const prefix = withMounts(`mount --bind '${write('altered.gguf', bytes)}' '${starter}'`)
    const run = await sotto(folder, ['summarize', notes, '--json'], { prefix })
    expect([failureOf(run), reasonIn(run.output)]).toEqual(['model-invalid', 'wrong-hash'])
  })
})
