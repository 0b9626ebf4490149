// The report for support holds nothing private: every text of every table and of every answer is a canary here.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { GpuPanel, Measurement } from '#contract/machine.ts'
import { fail, ok } from '#contract/result.ts'
import { settingSchemas, type SettingKey } from '#contract/setting.ts'
import { BundleService, type BundleDependencies } from '../../../main/diagnostics/bundleService.ts'
import { RecentEvents } from '../../../main/diagnostics/recentEvents.ts'
import type { Storage } from '../../../main/storage/storage.ts'
import { createFakeLogger } from '../../fakes/fakeLogger.ts'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'

const canary = 'CanaryZurich/päper 7.txt'
const never = new AbortController().signal
const folder = mkdtempSync(path.join(tmpdir(), 'sotto-bundle-'))

const settingKeys = Object.keys(settingSchemas) as SettingKey[] // as: Object.keys forgets literal keys

let storage: Storage

function now(): Date {
  return new Date('2026-11-20T12:00:00.000Z')
}

beforeAll(async () => {
  storage = await openMemoryStorage()
  for (const table of ['documents', 'conversations', 'messages', 'jobs', 'job_steps', 'models', 'downloads']) {
    await fillTable(table)
  }
})
afterAll(async () => {
  await storage.close()
  rmSync(folder, { recursive: true })
})

/** One row whose every text is the canary; equal ids satisfy every reference. */
async function fillTable(table: string): Promise<void> {
  const columns = await storage.all<{ name: string; type: string }>('SELECT name, type FROM pragma_table_info(?)', [
    table,
  ])
  if (!columns.ok) throw new Error(columns.failure.code)
  const failure = JSON.stringify({ code: 'reader-crashed', details: { name: canary } })
  const odd: Readonly<Record<string, string>> = { failure, content: JSON.stringify({ failure: { code: canary } }) }
  const values = columns.value.map(({ name, type }) =>
    type === 'INTEGER' ? 1 : type === 'REAL' ? 1.5 : (odd[name] ?? canary),
  )
  const names = columns.value.map(({ name }) => `"${name}"`)
  const sql = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`
  expect(await storage.run(sql, values)).toMatchObject({ ok: true })
}

const deviceState = { device: 'vulkan', deviceName: 'Radeon 780M (RADV)', gpuLayers: 28, totalLayers: 32 } as const

const panel: GpuPanel = {
  modelId: canary,
  known: 'running',
  state: deviceState,
  reason: 'out-of-memory',
  wish: 'auto',
  wishLocked: false,
  devices: ['cuda', 'vulkan', 'cpu'],
  tests: [{ backend: 'vulkan', outcome: 'works', deviceNames: ['Radeon 780M'], memoryBytes: 8 }],
  testedAt: null,
  lastWorking: { ...deviceState, at: '2026-11-20T11:00:00.000Z' },
  canRestore: false,
  threads: 4,
  onBattery: null,
  savesBattery: false,
}

const measured: Measurement = {
  modelId: canary,
  modelName: canary,
  modelSha256: canary,
  readTokensPerSecond: 300,
  writeTokensPerSecond: 20,
  memoryBytes: 5_000_000,
  quality: { texts: 6, facts: 36, kept: 20, invented: 1, unusable: 0, mode: 'free' },
  state: deviceState,
  threads: 4,
  contextTokens: 8192,
  appVersion: '0.1.0',
  engineVersion: '3.21.1',
  measuredAt: '2026-11-20T11:00:00.000Z',
  current: true,
}

function service(changes: Partial<BundleDependencies> = {}): BundleService {
  const recent = new RecentEvents(createFakeLogger(), now)
  recent.warn('engine-ended', { failure: 'engine-crashed' })
  recent.warn('engine-ended', { failure: 'engine-crashed' })
  recent.error(canary, { code: canary })
  return new BundleService({
    host: { kind: 'cli', appVersion: '0.1.0' },
    storage,
    settings: {
      list: () =>
        settingKeys.map((key) => ({
          key,
          value: ['theme', 'language', 'gpu'].includes(key) ? 'auto' : key === 'cloudBudgetUsd' ? 4711 : canary,
          source: 'person',
          locked: false,
          reason: canary,
          contact: canary,
        })),
      policyState: () => ({ state: 'active', source: canary, sha256: canary, issues: [canary] }),
    },
    doctor: {
      doctor: async () =>
        ok([
          { id: 'data', state: 'ok', details: { folder: canary }, failure: null },
          { id: 'model', state: 'ok', details: { name: canary, bytes: 5 }, failure: null },
          { id: 'gpu', state: 'note', details: { context: canary, backend: 'vulkan' }, failure: null },
          { id: 'reader', state: 'problem', details: {}, failure: { code: 'file-missing', details: { name: canary } } },
        ]),
    },
    models: {
      list: async () =>
        ok([
          {
            id: canary,
            name: canary,
            path: canary,
            bytes: 10,
            sha256: canary,
            architecture: canary,
            parameters: 7,
            contextTokens: 2048,
            summaryMode: 'free',
            chatWrapper: 'matched',
            starter: false,
            licence: canary,
            catalogueId: null,
            ours: false,
            shared: false,
          },
        ]),
    },
    machine: { gpu: async () => ok(panel) },
    measures: { measurements: async () => ok([measured]) },
    recent,
    now,
    ...changes,
  })
}

test('no canary of any table, setting, check, model, measurement or log is in it', async () => {
  const made = await service().make(never)
  if (!made.ok) throw new Error(made.failure.code)
  const { text } = made.value
  expect(text).not.toMatch(/canary|zurich|päper|4711/i)
  const report = JSON.parse(text) as Record<string, unknown> // as: the report's own form, compared below
  expect(report['checks']).toEqual([
    { id: 'data', state: 'ok', details: {}, failure: null },
    { id: 'model', state: 'ok', details: { bytes: 5 }, failure: null },
    { id: 'gpu', state: 'note', details: { context: 'other', backend: 'vulkan' }, failure: null },
    { id: 'reader', state: 'problem', details: {}, failure: 'file-missing' },
  ])
  expect(report['failures']).toEqual([
    { where: 'jobs', code: 'reader-crashed', count: 1, lastDay: null },
    { where: 'messages', code: 'reader-crashed', count: 1, lastDay: null },
    { where: 'downloads', code: 'other', count: 1, lastDay: null },
    { event: 'engine-ended', code: 'engine-crashed', level: 'warn', count: 2, lastAt: now().toISOString() },
    { event: 'other', code: 'other', level: 'error', count: 1, lastAt: now().toISOString() },
  ])
  expect(report['counts']).toMatchObject([{ rows: { documents: 1, conversations: 1, messages: 1, jobs: 1 } }])
  expect(report['gpu']).toMatchObject([{ state: deviceState, reason: 'out-of-memory' }])
})

test('it is shown before it is written, part by part, and written as it was shown', async () => {
  const bundles = service()
  const made = await bundles.make(never)
  if (!made.ok) throw new Error(made.failure.code)
  const { sha256, text, bytes, parts } = made.value
  expect(parts.map(({ name, entries }) => [name, entries])).toEqual([
    ['versions', 1],
    ['machine', 1],
    ['settings', Object.keys(settingSchemas).length + 1],
    ['checks', 4],
    ['models', 1],
    ['gpu', 1],
    ['measurements', 1],
    ['counts', 1],
    ['failures', 5],
  ])
  const file = path.join(folder, 'report.json')
  expect(await bundles.write(sha256, file)).toEqual(ok({ bytes }))
  expect(readFileSync(file, 'utf8')).toBe(text)
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(await bundles.write(sha256, file)).toEqual(fail('file-exists', { name: 'report.json' }))
  expect(await bundles.write('0'.repeat(64), path.join(folder, 'other.json'))).toMatchObject({
    failure: { code: 'not-found', details: { what: 'report' } },
  })
  expect(await bundles.write(sha256, 'report.json')).toEqual(
    fail('file-unwritable', { name: 'report.json', reason: 'not-absolute' }),
  )
  expect(await bundles.write(sha256, path.join(folder, 'report.sh'))).toEqual(
    fail('file-unwritable', { name: 'report.sh', reason: 'not-json' }),
  )
  writeFileSync(path.join(folder, 'file'), '')
  expect(await bundles.write(sha256, path.join(folder, 'file', 'report.json'))).toMatchObject({
    failure: { code: 'file-unwritable' },
  })
})

test('what cannot be had is named by its code', async () => {
  const failing = service({ machine: { gpu: async () => fail('file-missing', { name: canary }) } })
  const made = await failing.make(never)
  if (!made.ok) throw new Error(made.failure.code)
  expect(JSON.parse(made.value.text)).toMatchObject({ gpu: { unavailable: 'file-missing' } })
  expect(made.value.text).not.toMatch(/canary/i)
})
