// For each task, provider and reach: what was prepared is what was granted, what went over the wire, and what the ledger says.
import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CloudDraft, CloudPreparation, ConsentScope } from '#contract/cloudDraft.ts'
import { canonicalJson } from '../../../main/egress/logic/canonicalJson.ts'
import { type CloudFixture, drained, openCloud, textOf, valueOf } from '../../fakes/cloudFixture.ts'
import { type CloudServer, lastTextOf, startCloudServer } from '../../fakes/cloudServer.ts'

let server: CloudServer
let plain: CloudServer
let fixture: CloudFixture
const choices: Record<string, string> = {}

beforeAll(async () => {
  const [tls, http] = await Promise.all([startCloudServer({ tls: true }), startCloudServer({ tls: false })])
  if (tls === null || http === null) throw new Error('this test needs openssl')
  server = tls
  plain = http
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await plain[Symbol.asyncDispose]()
})

beforeEach(async () => {
  const { baseUrl } = server
  server.requests.length = 0
  plain.requests.length = 0
  const addresses = { anthropic: baseUrl, openai: `${baseUrl}/v1`, mistral: `${baseUrl}/v1`, xai: `${baseUrl}/v1` }
  fixture = await openCloud({ addresses })
  const model = { id: 'house-model', name: '', contextTokens: 32_000, outputTokens: 4000 }
  for (const [kind, address] of [
    ['foundry', baseUrl],
    ['azure', baseUrl],
    ['private', `${plain.baseUrl}/v1`],
  ] as const) {
    const inside = kind === 'private'
    const given = { kind, name: `Our ${kind}`, baseUrl: address, models: [model], inside, keyNeeded: !inside }
    const { id } = valueOf(await fixture.client.call('cloud.add-endpoint', given))
    if (!inside) valueOf(await fixture.client.call('cloud.set-key', { providerId: id, key: `key-of-${kind}` }))
    choices[kind] = `${id}/house-model`
  }
  Object.assign(choices, {
    anthropic: 'anthropic/claude-haiku-5-5',
    openai: 'openai/gpt-6-luna',
    mistral: 'mistral/mistral-large-4',
    xai: 'xai/grok-4.6',
  })
})

afterEach(async () => {
  await fixture[Symbol.asyncDispose]()
})

const kinds = ['anthropic', 'foundry', 'openai', 'azure', 'mistral', 'xai', 'private'] as const
const tasks = ['message', 'summary', 'rewrite'] as const

async function prepare(task: (typeof tasks)[number], model: string): Promise<CloudPreparation> {
  const { client, conversationId, documentId } = fixture
  if (task === 'summary')
    return valueOf(await client.call('summaries.prepare-cloud', { documentId, preset: 'brief', model }))
  const text = 'Write to Erika.Mustermann@example.org about the ferry.'
  if (task === 'rewrite') return valueOf(await client.call('chat.prepare-rewrite', { text, style: 'clearer', model }))
  return valueOf(await client.call('chat.prepare-cloud', { conversationId, text, documentIds: [documentId], model }))
}

async function run(task: (typeof tasks)[number], grantId: string): Promise<string> {
  const { client } = fixture
  if (task === 'message') {
    const { items, ending } = await drained(client.stream('chat.run-cloud', { grantId }))
    valueOf(ending)
    return textOf(items)
  }
  if (task === 'rewrite') {
    const { items, ending } = await drained(client.stream('chat.run-rewrite', { grantId }))
    valueOf(ending)
    return textOf(items)
  }
  const { jobId } = valueOf(await client.call('summaries.run-cloud', { grantId }))
  const { items, ending } = await drained(client.stream('summaries.follow', { jobId }))
  valueOf(ending)
  const summary = items.find((item) => item.type === 'summary')
  return summary?.type === 'summary' ? summary.summary.text : ''
}

function digestOf({ request }: CloudDraft): string {
  const { method, url, headers, body } = request
  const head = canonicalJson({ method, url, headers: headers.map(({ name, value }) => [name, value]) })
  return createHash('sha256').update(`${head}\n${body}`).digest('hex')
}

describe.each(kinds)('%s', (kind) => {
  describe.each(tasks)('%s', (task) => {
    const wider: ConsentScope | null = task === 'message' ? 'conversation' : task === 'summary' ? 'document-job' : null
    const scopes: readonly ConsentScope[] = wider === null ? ['once'] : ['once', wider]
    test.each(scopes)('%s: prepared = granted = wire = ledger', async (scope) => {
      const at = kind === 'private' ? plain : server
      const before = server.connections() + plain.connections()
      const prepared = await prepare(task, choices[kind] ?? '')
      // Nothing was asked of anybody between preparing and approving.
      expect(server.connections() + plain.connections()).toBe(before)
      expect(await fixture.entries()).toEqual([])
      const { draft } = prepared
      expect(prepared.state).toBe('ask')
      expect(draft.blocked).toBeNull()
      const { digest, body, url } = draft.request
      expect(digestOf(draft)).toBe(digest)
      const approval = valueOf(await fixture.client.call('cloud.approve', { draftId: draft.id, digest, scope }))
      const answer = await run(task, approval.grantId)
      expect(answer).toContain('Fine.')
      expect(at.requests.length).toBe(1)
      const [seen] = at.requests
      expect(seen?.body).toBe(body)
      expect(`${at.baseUrl}${seen?.path}`).toBe(url)
      const names = draft.request.headers.map(({ name }) => name)
      expect(Object.fromEntries(names.map((name) => [name, seen?.headers[name]]))).toEqual(
        Object.fromEntries(draft.request.headers.map(({ name, value }) => [name, value])),
      )
      // Besides what was shown: the key, and what the connection itself needs.
      const besides = Object.keys(seen?.headers ?? {}).filter((name) => !names.includes(name))
      const key = draft.request.secretHeader
      expect(besides.sort()).toEqual(['connection', 'content-length', 'host', ...(key === null ? [] : [key])].sort())
      if (key !== null) expect(seen?.headers[key]).toContain(`key-of-${kind}`)
      // What the sheet showed is what was sent, in order, and nothing else of the person's.
      // A message's instructions are the system's words; a summary's stand in the turn itself.
      const turn = draft.parts.filter(({ kind: part }) => task === 'summary' || part !== 'instructions')
      const shown = turn.map(({ text }) => text)
      expect(lastTextOf(body)).toBe(shown.join('\n\n'))
      expect(body).not.toMatch(/mustermann@example|0532 0130/i)
      const content = (await fixture.entries()).filter(({ purpose }) => purpose === 'content')
      const { grantId } = approval
      expect(content.map(({ event, digest: of, grantId: by, model }) => ({ event, of, by, model }))).toEqual(
        ['grant', 'attempt', 'outcome'].map((event) => ({
          event,
          of: digest,
          by: grantId,
          model: draft.recipient.modelId,
        })),
      )
      expect(content.at(-1)).toMatchObject({ result: 'complete:200', sentBytes: Buffer.byteLength(body) })
      expect(valueOf(await fixture.client.call('ledger.verify', {})).intact).toBe(true)
    })
  })
})
