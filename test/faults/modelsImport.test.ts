// Models of five other programs through the real command line: found, linked, forgotten, and never touched.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { importOutput, modelsOutput, removeOutput, scanOutput } from '../../main/hosts/cli/output.ts'
import { hashesOf, layOutPeers } from '../fakes/modelPeers.ts'
import { failureOf, sotto, testFolder, type Run } from './faultCli.ts'

const folder = testFolder()
const home = path.join(folder, 'home')
const data = path.join(folder, 'data')

function models(...args: readonly string[]): Promise<Run> {
  // The settings of this home are its own, and so are the folders of the five programs.
  const environment = { XDG_CONFIG_HOME: path.join(home, '.config') }
  return sotto(home, ['models', ...args, '--data', data, '--json'], { environment })
}

test(
  'all five: linked where they lie, the same bytes before and after, also once forgotten',
  { timeout: 240_000 },
  async () => {
    mkdirSync(home)
    layOutPeers(home)
    const before = hashesOf(home)
    const scan = scanOutput.parse(JSON.parse((await models('scan')).output))
    const usable = scan.models.filter(({ leftOut, path: file }) => leftOut === null && file.startsWith(home))
    expect(usable.map(({ peer, name }) => [peer, name])).toEqual([
      ['lm-studio', 'Studio-Q4_K_M'],
      ['ollama', 'nameless:3b'],
      ['jan', 'janhq/Jan-v3'],
      ['gpt4all', 'Four.Q4_0'],
      ['hugging-face', 'Hub-Q5_K_M'],
    ])
    const linked: { readonly id: string; readonly name: string; readonly path: string; readonly ours: boolean }[] = []
    for (const { name } of usable) {
      const run = await models('import', name)
      linked.push(importOutput.parse(JSON.parse(run.output)).model)
    }
    // Names are the files' own; Ollama's file has none, so its list names it.
    expect(linked.map(({ name }) => name)).toEqual(['Studio', 'nameless:3b', 'Jan', 'Four', 'Hub'])
    expect(linked.map((model) => model.path)).toEqual(usable.map((model) => model.path))
    expect(linked.map(({ ours }) => ours)).toEqual([false, false, false, false, false])
    const known = scanOutput.parse(JSON.parse((await models('scan')).output))
    expect(known.models.filter(({ modelId }) => modelId !== null).length).toBe(5)
    for (const { id } of linked) {
      expect(removeOutput.parse(JSON.parse((await models('remove', id)).output))).toEqual({ removed: { modelId: id } })
    }
    const listed = modelsOutput.parse(JSON.parse((await models('list')).output))
    expect(listed.models.map(({ id }) => id)).toEqual(['sotto-starter'])
    expect(hashesOf(home)).toEqual(before)
  },
)

test(
  'a part of several, a picture half, an unfinished download: refused with what they are',
  { timeout: 120_000 },
  async () => {
    const studio = path.join(home, '.lmstudio/models/publisher')
    expect(failureOf(await models('import', path.join(studio, 'Studio-GGUF/mmproj-Studio-F16.gguf')))).toBe(
      'model-left-out',
    )
    expect(failureOf(await models('import', path.join(studio, 'Half-GGUF/Half-Q8_0.gguf.part')))).toBe('model-invalid')
    expect(failureOf(await models('import', 'Large-00001-of-00002'))).toBe('file-missing')
  },
)
