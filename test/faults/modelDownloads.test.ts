// Downloads through the real command line: killed at any moment, a full disk, Ctrl+C; and header fuzzing.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { downloadOutput } from '../../main/hosts/cli/output.ts'
import { seededRandom } from '../acceptance/seededRandom.ts'
import { sha256Of, startModelMirror, type ModelMirror } from '../fakes/modelMirror.ts'
import { ggufBytes, withMetadata } from '../fixtures/gguf.ts'
import { failureOf, mountRefusal, sotto, start, testFolder, withMounts } from './faultCli.ts'

const seed = Number(process.env['SOTTO_SEED'] ?? 20_261_120)
const kills = process.env['SOTTO_DEEP'] === '1' ? 20 : 4
const block = 8 * 1024 * 1024
const home = testFolder()
/** A model without a template of its own, which needs no engine to be linked; 40 MB. */
const model = withMetadata({ 'tokenizer.chat_template': undefined })
const content = Buffer.concat([ggufBytes(model), randomBytes(5 * block)])

let mirror: ModelMirror

beforeAll(async () => {
  mirror = await startModelMirror(content)
})

afterAll(() => mirror[Symbol.asyncDispose]())

/** A data folder whose models come from the mirror. */
function dataFolder(name: string): string {
  const folder = path.join(home, name)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(path.join(folder, 'config.json'), JSON.stringify({ modelMirror: mirror.server.address, gpu: 'off' }))
  mirror.misdeeds.length = 0
  mirror.asked.length = 0
  return folder
}

function command(folder: string): readonly string[] {
  return ['models', 'download', 'user/repo/tiny.gguf', '--data', folder, '--json']
}

/** The size of the part, 0 where there is none. */
function partOf(folder: string): number {
  const models = path.join(folder, 'models')
  const part = existsSync(models) ? readdirSync(models).find((name) => name.endsWith('.part')) : undefined
  return part === undefined ? 0 : statSync(path.join(models, part)).size
}

function filesOf(folder: string): readonly string[] {
  const models = path.join(folder, 'models')
  return existsSync(models) ? readdirSync(models) : []
}

test(
  `killed at ${kills} moments (seed ${seed}): never a file that passes for complete, at most a block twice`,
  { timeout: 600_000 },
  async () => {
    const random = seededRandom(seed)
    const folder = dataFolder('killed')
    const parts: number[] = []
    for (let kill = 0; kill < kills; kill++) {
      // The mirror stops after so many bytes of each answer, so that there is a moment to be killed in.
      const after = Math.floor(random() * block * 1.2)
      mirror.misdeeds.push({ kind: 'stall', after })
      const running = start(home, command(folder))
      await expect.poll(() => mirror.asked.length, { timeout: 60_000 }).toBe(kill + 1)
      const asked = mirror.asked[kill] ?? 0
      const aim = Math.min(content.length - 1, asked + Math.floor(random() * after))
      await expect.poll(() => partOf(folder), { timeout: 60_000, interval: 2 }).toBeGreaterThanOrEqual(aim)
      process.kill(pidOf(folder), 'SIGKILL')
      running.child.kill('SIGKILL')
      await running.done
      parts.push(partOf(folder))
      expect(filesOf(folder).filter((name) => name.endsWith('.gguf'))).toEqual([])
    }
    mirror.misdeeds.length = 0
    const last = await sotto(home, command(folder))
    expect([last.code, last.errors]).toEqual([0, expect.any(String)])
    const { download } = downloadOutput.parse(JSON.parse(last.output))
    expect([download.state, download.sha256]).toEqual(['complete', sha256Of(content)])
    expect(filesOf(folder)).toEqual(['tiny.gguf'])
    expect(sha256Of(readFileSync(path.join(folder, 'models/tiny.gguf')))).toBe(sha256Of(content))
    const twice = parts.map((part, kill) => part - (mirror.asked[kill + 1] ?? 0))
    expect(Math.max(...twice)).toBeLessThanOrEqual(block)
  },
)

/** Who owns the data folder, as its lock names it. */
function pidOf(folder: string): number {
  const { pid } = JSON.parse(readFileSync(path.join(folder, 'lock.json'), 'utf8')) as { pid: number } // as: our own file
  return pid
}

test('Ctrl+C keeps the part, and the same command goes on from there', { timeout: 120_000 }, async () => {
  const folder = dataFolder('stopped')
  mirror.misdeeds.push({ kind: 'stall', after: 3_000_000 })
  const running = start(home, command(folder))
  await expect.poll(() => partOf(folder), { timeout: 60_000 }).toBe(3_000_000)
  process.kill(pidOf(folder), 'SIGINT')
  const stopped = await running.done
  expect([stopped.code, stopped.output]).toEqual([130, ''])
  expect((await sotto(home, command(folder))).code).toBe(0)
  expect(mirror.asked).toEqual([0, 3_000_000])
})

test('a disk that has no room for it and the reserve', { timeout: 120_000 }, async (context) => {
  const refusal = mountRefusal()
  if (refusal !== null) return context.skip(refusal)
  const folder = dataFolder('full')
  mkdirSync(path.join(folder, 'models'))
  const prefix = withMounts(`mount -t tmpfs -o size=16m none '${path.join(folder, 'models')}'`)
  expect(failureOf(await sotto(home, command(folder), { prefix }))).toBe('disk-full')
})
