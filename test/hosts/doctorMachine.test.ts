// This computer, measured for real, and the report for support of an app in use: the real engine, database and reader.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient, type Client } from '#client'
import type { MeasureItem } from '#contract/machine.ts'
import { createApp, type App } from '../../main/app.ts'
import { createNodeHost, type NodeHost } from '../../main/hosts/node/createNodeHost.ts'
import { createMemoryPorts } from '../../main/hosts/node/memoryPorts.ts'
import { createEngineHarness, starterModel } from '../fakes/engineHarness.ts'

const never = new AbortController().signal
const canary = 'Canarywharf'
const folder = mkdtempSync(path.join(os.tmpdir(), 'sotto-machine-'))
const places = path.join(folder, `${canary} folder`)

let host: NodeHost
let app: App
let client: Client

beforeAll(async () => {
  mkdirSync(places)
  host = await createNodeHost({
    kind: 'cli',
    dataFolder: path.join(folder, 'data'),
    mode: 'own',
    environment: { SOTTO_KEYSTORE: 'file' },
  })
  const opened = await createApp(host, { mode: 'own', resumeJobs: false })
  if (!opened.ok) throw new Error(opened.failure.code)
  app = opened.value
  const [ours, theirs] = createMemoryPorts()
  app.attach(theirs, 'command-line')
  client = createClient(ours)
}, 60_000)

afterAll(async () => {
  await app.close()
  await host.close()
  rmSync(folder, { recursive: true })
})

async function itemsOf<T>(stream: AsyncGenerator<T, unknown, void>): Promise<readonly T[]> {
  const items: T[] = []
  for await (const item of stream) items.push(item)
  return items
}

test('a measured model has its speeds, its memory and what it kept, and is listed with them', async () => {
  const items = await itemsOf<MeasureItem>(client.stream('machine.measure', { modelId: 'sotto-starter' }))
  const stages = items.flatMap((item) => (item.type === 'progress' ? [item.stage] : []))
  expect([...new Set(stages)]).toEqual(['loading', 'speed', 'quality'])
  const last = items.at(-1)
  if (last?.type !== 'finished' || last.measurement === null) throw new Error('not measured')
  const { measurement } = last
  expect(measurement).toMatchObject({
    modelId: 'sotto-starter',
    modelSha256: starterModel.sha256,
    state: { device: 'cpu', gpuLayers: 0 },
    threads: 1,
    quality: { texts: 4, facts: 24, mode: 'extractive' },
    current: true,
  })
  expect(measurement.readTokensPerSecond).toBeGreaterThan(0)
  expect(measurement.writeTokensPerSecond).toBeGreaterThan(0)
  expect(measurement.quality.kept).toBeLessThanOrEqual(24)
  expect(measurement.engineVersion).toMatch(/^\d+\.\d+\.\d+/)
  if (process.platform === 'linux') expect(measurement.memoryBytes).toBeGreaterThan(50_000_000)
  else expect(measurement.memoryBytes).toBeNull()
  expect(await client.call('machine.measurements', {})).toEqual({ ok: true, value: [measurement] })
}, 120_000)

test('measuring can be stopped, does not run twice at once, and knows its models', async () => {
  const stop = new AbortController()
  const running = itemsOf<MeasureItem>(
    client.stream('machine.measure', { modelId: 'sotto-starter' }, { signal: stop.signal }),
  )
  const second = client.stream('machine.measure', { modelId: 'sotto-starter' })
  expect((await second.next()).value).toMatchObject({ ok: false, failure: { code: 'machine-busy' } })
  stop.abort()
  await running
  const unknown = client.stream('machine.measure', { modelId: 'gone' })
  for (;;) {
    const step = await unknown.next()
    if (step.done !== true) continue
    // The measuring before may still be closing its process.
    expect(step.value).toMatchObject({ ok: false })
    break
  }
}, 60_000)

test('the report of an app in use names nobody and nothing', async () => {
  const file = path.join(places, `${canary} notes.txt`)
  writeFileSync(file, `${canary} met the mayor of Zanzibarton. She agreed to nothing.`)
  await itemsOf(client.stream('documents.add', { path: file }))
  const copy = path.join(places, `${canary}.gguf`)
  cpSync(starterModel.path, copy)
  await itemsOf(client.stream('models.import', { path: copy }))
  const chat = await client.call('chat.create', { title: `${canary} title` })
  if (!chat.ok) throw new Error(chat.failure.code)
  await itemsOf(client.stream('chat.send', { conversationId: chat.value.id, text: `Is ${canary} in Zanzibarton?` }))
  await client.call('settings.set', { key: 'modelMirror', value: `https://${canary.toLowerCase()}.example/models` })
  await client.call('settings.set', { key: 'cloudModel', value: `${canary}/secret-model` })
  const missing = client.stream('documents.add', { path: path.join(places, `${canary} gone.pdf`) })
  await missing.next()
  const bundle = await client.call('diagnostics.bundle', {}, { signal: never })
  if (!bundle.ok) throw new Error(bundle.failure.code)
  const { text, sha256, bytes } = bundle.value
  expect(text).not.toMatch(/canarywharf|zanzibar|secret-model|sotto-machine|mayor/i)
  for (const own of [folder, os.homedir(), os.tmpdir(), os.hostname()]) {
    if (own.length > 3) expect(text.toLowerCase()).not.toContain(own.toLowerCase())
  }
  expect(JSON.parse(text)).toMatchObject({ counts: [{ rows: { documents: 1, conversations: 1, messages: 2 } }] })
  const report = path.join(folder, 'report.json')
  expect(await client.call('diagnostics.write-bundle', { sha256, path: report })).toEqual({
    ok: true,
    value: { bytes },
  })
  expect(readFileSync(report, 'utf8')).toBe(text)
}, 120_000)

test('an answer begun elsewhere goes on from where it was: what was written is not written again', async () => {
  const { client: engine } = createEngineHarness()
  const sentences = Array.from({ length: 12 }, (_, day) => `On day ${day + 1} the crew measured the northern basin.`)
  const question = {
    role: 'person',
    text: `Summarize the document.\n\n<document>${sentences.join(' ')}</document>`,
  } as const
  const whole = { lane: { kind: 'map' }, turns: [question], maxTokens: 120, temperature: 0, seed: 0 } as const
  const first = await engine.generate(whole, { signal: never })
  if (!first.ok) throw new Error(first.failure.code)
  const begun = first.value.text.slice(0, Math.floor(first.value.text.length / 2))
  expect(begun.length).toBeGreaterThan(20)
  const rest = await engine.generate(
    { ...whole, turns: [question, { role: 'assistant', text: begun }] },
    { signal: never },
  )
  await engine.close()
  if (!rest.ok) throw new Error(rest.failure.code)
  expect(rest.value.meter.promptTokens).toBeGreaterThan(first.value.meter.promptTokens)
  expect(rest.value.text.trimStart().startsWith(begun.slice(0, 20))).toBe(false)
}, 60_000)

test('fewer threads are told to the running engine without loading again', async () => {
  const battery = { saves: false }
  const { client: engine, choose, states } = createEngineHarness({ savesBattery: () => battery.saves })
  choose({ ok: true, value: { ...starterModel, threads: 0, calibratedThreads: 2 } })
  const request = {
    lane: { kind: 'map' },
    turns: [{ role: 'person', text: 'Hello' }],
    maxTokens: 4,
    temperature: 0,
    seed: 0,
  } as const
  expect(await engine.generate(request, { signal: never })).toMatchObject({ ok: true })
  battery.saves = true
  expect(await engine.generate(request, { signal: never })).toMatchObject({ ok: true })
  await engine.close()
  expect(states.flatMap((state) => (state.state === 'ready' ? [state.threads] : []))).toEqual([2, 1])
  expect(states.filter(({ state }) => state === 'loading').length).toBeGreaterThan(0)
}, 60_000)
