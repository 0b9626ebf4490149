// `sotto models scan|files|update|catalog|pack|verify|install` over faked handlers: words for people, shapes for programs.
import { describe, expect, test } from 'vitest'
import type { FitVerdict } from '#contract/model.ts'
import type { CatalogueState, FoundModel, PackReport, RepositoryModel } from '#contract/modelSupply.ts'
import { fail, ok } from '#contract/result.ts'
import type { Handlers } from '../../../../main/rpc/handler.ts'
import { runFakeCli } from './fakeCli.ts'
import { starter } from './samples.ts'

const found: FoundModel = {
  peer: 'ollama',
  name: 'llama3.2:3b',
  path: '/o/blobs/sha256-1',
  bytes: 2_000_000_000,
  leftOut: null,
  modelId: null,
}
const half: FoundModel = { ...found, peer: 'lm-studio', name: 'mmproj', path: '/l/mmproj.gguf', leftOut: 'projector' }
const builtIn: CatalogueState = { source: 'built-in', version: 20_261_120, expires: null, refused: null }
const verdict: FitVerdict = {
  kind: 'memory',
  contextTokens: 8192,
  neededBytes: 3_000_000_000,
  availableBytes: 8_000_000_000,
  totalBytes: 16_000_000_000,
  gpuName: null,
  gpuLayers: null,
  totalLayers: null,
  exact: false,
}
const packed: PackReport = {
  created: '2026-11-20T10:00:00Z',
  appVersion: '1.0.0',
  signed: true,
  models: [
    { name: 'Mine', file: 'mine.gguf', bytes: 1_000_000, sha256: 'a'.repeat(64), catalogueId: null, licence: null },
  ],
}

describe('scan', () => {
  const scan = { folders: [{ peer: 'ollama' as const, path: '/o', state: 'more' as const }], models: [found, half] }
  const handlers: Partial<Handlers> = { 'models.scan': async () => ok(scan) }

  test('shows what was found, what was left out and why', async () => {
    const run = await runFakeCli(['models', 'scan'], { handlers })
    expect([run.code, run.output]).toEqual([
      0,
      `Ollama: /o (holds more files than are looked at)
llama3.2:3b
  Ollama · 2 GB
  /o/blobs/sha256-1
mmproj
  LM Studio · 2 GB · left out: the picture half of a model
  /l/mmproj.gguf
Link one with: sotto models import NAME. Its file stays where it is.
`,
    ])
    expect(JSON.parse((await runFakeCli(['models', 'scan', '--json'], { handlers })).output)).toEqual(scan)
  })

  test('nothing found', async () => {
    const none: Partial<Handlers> = { 'models.scan': async () => ok({ folders: [], models: [] }) }
    expect((await runFakeCli(['models', 'scan'], { handlers: none })).output).toBe(
      'No models of other programs were found.\n',
    )
  })

  test('a name it shows can be imported, one that was left out cannot', async () => {
    const seen: unknown[] = []
    const importing: Partial<Handlers> = {
      ...handlers,
      'models.import': async function* (input) {
        seen.push(input)
        if (input.name === undefined) return fail('file-missing', { name: 'x' })
        yield { type: 'finished', reason: 'complete', model: { ...starter, name: 'Llama' } }
        return ok(undefined)
      },
    }
    const run = await runFakeCli(['models', 'import', 'llama3.2:3b'], { handlers: importing })
    expect([run.code, seen]).toEqual([
      0,
      [{ path: '/somewhere/llama3.2:3b' }, { path: '/o/blobs/sha256-1', name: 'llama3.2:3b' }],
    ])
    expect((await runFakeCli(['models', 'import', 'mmproj'], { handlers: importing })).code).toBe(1)
  })
})

test('files of a repository, with verdicts', async () => {
  const file: RepositoryModel = {
    file: 'm-Q4_K_M.gguf',
    bytes: 2_000_000_000,
    sha256: null,
    quantisation: 'Q4_K_M',
    leftOut: null,
    verdict,
    preferred: true,
  }
  const split: RepositoryModel = {
    ...file,
    file: 'm-00001-of-00002.gguf',
    leftOut: 'multi-part',
    verdict: null,
    preferred: false,
  }
  const asked: unknown[] = []
  const handlers: Partial<Handlers> = {
    'models.files': async (input) => (asked.push(input), ok({ repository: 'user/repo', files: [file, split] })),
  }
  const run = await runFakeCli(['models', 'files', 'user/repo'], { handlers })
  expect(asked).toEqual([{ repository: 'user/repo' }])
  expect(run.output).toBe(`user/repo/m-Q4_K_M.gguf
  2 GB · fits in memory with room for 8,192 tokens (needs 3 GB of 16 GB; 8 GB are free) · best choice for this computer
user/repo/m-00001-of-00002.gguf
  2 GB · left out: the first part of a model in several files
`)
})

describe('the catalogue', () => {
  test('an update says what is in force', async () => {
    const mirror: CatalogueState = { source: 'mirror', version: 5, expires: '2027-01-31T12:00:00Z', refused: null }
    const handlers: Partial<Handlers> = { 'models.update-catalogue': async () => ok(mirror) }
    expect((await runFakeCli(['models', 'update'], { handlers })).output).toBe(
      'The mirror’s catalogue (5), until Jan 31, 2027.\n',
    )
    expect(JSON.parse((await runFakeCli(['models', 'update', '--json'], { handlers })).output)).toEqual({
      catalogue: mirror,
    })
  })

  test('a replacement that was refused is told above the list', async () => {
    const refused: CatalogueState = {
      ...builtIn,
      refused: { code: 'catalogue-refused', details: { reason: 'signature' } },
    }
    const handlers: Partial<Handlers> = {
      'models.catalog': async () => ok([]),
      'models.catalogue-state': async () => ok(refused),
    }
    expect((await runFakeCli(['models', 'catalog'], { handlers })).output).toBe(
      `The catalogue that came with Sotto (20261120).
The replacement for the model catalogue is not used (signature); the one that came with Sotto is.
`,
    )
  })
})

describe('packs', () => {
  const orders: unknown[] = []
  const handlers: Partial<Handlers> = {
    'models.pack': async function* (order) {
      orders.push(order)
      yield { type: 'finished', reason: 'complete', pack: packed }
      return ok(undefined)
    },
    'models.verify-pack': async function* () {
      yield { type: 'progress', readBytes: 1, totalBytes: 2 }
      return fail('pack-invalid', { name: 'mine.gguf', reason: 'wrong-hash' })
    },
    'models.install-pack': async function* (order) {
      orders.push(order)
      yield { type: 'finished', reason: 'complete', models: [{ ...starter, name: 'Mine' }] }
      return ok(undefined)
    },
  }

  test('made of ids, installed by link unless told otherwise', async () => {
    orders.length = 0
    const made = await runFakeCli(['models', 'pack', 'out', 'm1', 'm2'], { handlers })
    expect(made.output).toBe(`The pack is ready.
It carries your organisation’s signature.
  Mine · mine.gguf · 1 MB
`)
    const linked = await runFakeCli(['models', 'install', '/out'], { handlers })
    expect(linked.output).toBe('Mine is linked and ready. The pack’s folder must stay where it is.\n')
    await runFakeCli(['models', 'install', '/out', '--copy', '--accept-licence'], { handlers })
    await runFakeCli(['models', 'install', '/out', '--share', '--older'], { handlers })
    expect(orders).toEqual([
      { folder: '/somewhere/out', modelIds: ['m1', 'm2'] },
      { folder: '/out', way: 'link', acceptLicence: false, older: false },
      { folder: '/out', way: 'copy', acceptLicence: true, older: false },
      { folder: '/out', way: 'share', acceptLicence: false, older: true },
    ])
  })

  test('one that is not sound is a failure with its reason', async () => {
    const run = await runFakeCli(['models', 'verify', '/out', '--json'], { handlers })
    expect([run.code, JSON.parse(run.output)]).toMatchObject([1, { failure: { code: 'pack-invalid' } }])
  })

  test.each([
    [['models', 'pack']],
    [['models', 'pack', 'out']],
    [['models', 'verify']],
    [['models', 'verify', 'a', 'b']],
    [['models', 'install', 'a', '--copy', '--share']],
    [['models', 'files']],
    [['models', 'scan', 'more']],
  ])('%j is not understood', async (argv) => {
    expect((await runFakeCli(argv, { handlers })).code).toBe(2)
  })
})
