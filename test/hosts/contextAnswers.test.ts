// The question at the limit of the context, and all four answers to it, through the contract on the real engine.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient, type Client } from '#client'
import type { AnswerItem } from '#contract/chat.ts'
import { createApp, type App } from '../../main/app.ts'
import { createNodeHost, type NodeHost } from '../../main/hosts/node/createNodeHost.ts'
import { createMemoryPorts } from '../../main/hosts/node/memoryPorts.ts'
import { createEngineHarness, starterModel } from '../fakes/engineHarness.ts'

const never = new AbortController().signal
const folder = mkdtempSync(path.join(tmpdir(), 'sotto-context-'))

let host: NodeHost
let app: App
let client: Client
let sentencesOf: (tokens: number) => string

/** The starter with another limit in its header: 8,192 tokens as usual, up to 32,768 when asked for. */
function writeLargerStarter(): string {
  const bytes = readFileSync(starterModel.path)
  const key = Buffer.from('llama.context_length')
  const at = bytes.indexOf(key) + key.length + 4
  expect(bytes.readUInt32LE(at)).toBe(starterModel.contextTokens)
  bytes.writeUInt32LE(32_768, at)
  const file = path.join(folder, 'larger.gguf')
  writeFileSync(file, bytes)
  return file
}

beforeAll(async () => {
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
  app.attach(theirs)
  client = createClient(ours)
  for await (const _ of client.stream('models.import', { path: writeLargerStarter() })) continue
  const models = await client.call('models.list', {})
  const linked = models.ok ? models.value.find(({ starter }) => !starter) : undefined
  if (linked === undefined) throw new Error('not linked')
  await client.call('models.allow-template', { modelId: linked.id })
  await client.call('settings.set', { key: 'modelId', value: linked.id })
  await client.call('settings.set', { key: 'threads', value: 1 })
  const sentence = 'The crew measured the northern basin again. '
  const budget = await client.call('chat.budget', { conversationId: await conversation(), text: sentence.repeat(50) })
  if (!budget.ok) throw new Error(budget.failure.code)
  expect(budget.value.contextTokens).toBe(8192)
  const each = budget.value.draftTokens / 50
  sentencesOf = (tokens) => sentence.repeat(Math.floor(tokens / each)).trim()
}, 120_000)

afterAll(async () => {
  await app.close()
  await host.close()
  rmSync(folder, { recursive: true })
})

async function conversation(): Promise<string> {
  const made = await client.call('chat.create', { title: 'Basin' })
  if (!made.ok) throw new Error(made.failure.code)
  return made.value.id
}

type Overflow = 'ask' | 'leave-out-oldest' | 'summarize-older' | 'larger-context'

async function send(id: string, tokens: number, overflow: Overflow = 'ask') {
  const stream = client.stream('chat.send', { conversationId: id, text: sentencesOf(tokens), overflow, seed: 1 })
  const items: AnswerItem[] = []
  for (;;) {
    const step = await stream.next()
    if (step.done === true) return { last: items.at(-1), ending: step.value }
    items.push(step.value)
  }
}

test('refused, and then answered in each of the four ways', async () => {
  const long = await conversation()
  expect((await send(long, 4000)).last).toMatchObject({ type: 'finished', leftOutMessages: 0 })
  const refused = await send(long, 3500)
  expect(refused.last).toBeUndefined()
  expect(refused.ending).toMatchObject({ failure: { code: 'context-full', details: { contextTokens: 8192 } } })
  const room = { contextTokens: 8192, largestContextTokens: 32_768 }
  expect(await client.call('chat.context-room', {})).toEqual({ ok: true, value: room })

  // A larger context: nothing is left out, and the room stays.
  expect((await send(long, 3500, 'larger-context')).last).toMatchObject({ type: 'finished', leftOutMessages: 0 })
  const larger = { ...room, contextTokens: 16_384 }
  expect(await client.call('chat.context-room', {})).toEqual({ ok: true, value: larger })
  expect(await client.call('models.engine', {})).toMatchObject({ value: { state: 'ready', contextTokens: 16_384 } })
  await client.call('settings.set', { key: 'contextTokens', value: 0 })

  // The oldest turns left out.
  expect((await send(long, 3500)).ending).toMatchObject({ failure: { code: 'context-full' } })
  expect((await send(long, 3500, 'leave-out-oldest')).last).toMatchObject({ type: 'finished', leftOutMessages: 4 })

  // Older turns summarized on this computer.
  expect((await send(long, 4000)).ending).toMatchObject({ failure: { code: 'context-full' } })
  expect((await send(long, 4000, 'summarize-older')).last).toMatchObject({ type: 'finished', leftOutMessages: 6 })

  // Started fresh: the message alone.
  const fresh = await conversation()
  expect((await send(fresh, 400)).last).toMatchObject({ type: 'finished', leftOutMessages: 0 })
}, 300_000)

test('what one request of a document has read, the next about it does not read again', async () => {
  const { client: engine } = createEngineHarness()
  const document = Array.from({ length: 60 }, (_, day) => `On day ${day + 1} the crew measured the northern basin.`)
  const ask = async (question: string) => {
    const text = `<document>${document.join(' ')}</document>\n\n${question}`
    const request = {
      lane: { kind: 'map' },
      turns: [{ role: 'person', text }],
      maxTokens: 4,
      temperature: 0,
      seed: 0,
    } as const
    const result = await engine.generate(request, { signal: never })
    if (!result.ok) throw new Error(result.failure.code)
    return result.value.meter
  }
  const first = await ask('Summarize the document.')
  const second = await ask('What was measured?')
  await engine.close()
  console.log(
    `first request ${first.evaluatedTokens} of ${first.promptTokens} tokens, second ${second.evaluatedTokens}`,
  )
  expect(first.evaluatedTokens).toBe(first.promptTokens)
  expect(second.evaluatedTokens).toBeLessThan(second.promptTokens / 10)
}, 60_000)
