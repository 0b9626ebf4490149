// A permission for a document names the kinds of content it covers: a person's own instruction is one, word for word.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CloudPreparation } from '#contract/cloudDraft.ts'
import { type CloudFixture, drained, openCloud, valueOf } from '../../fakes/cloudFixture.ts'
import { type CloudServer, startCloudServer } from '../../fakes/cloudServer.ts'
import { contentOf, coveredContent } from '../../../main/cloud/taskContent.ts'
import type { CloudTask } from '../../../main/cloud/cloudTask.ts'

let server: CloudServer
let fixture: CloudFixture

beforeAll(async () => {
  const started = await startCloudServer({ tls: true })
  if (started === null) throw new Error('this test needs openssl')
  server = started
})
afterAll(() => server[Symbol.asyncDispose]())
beforeEach(async () => {
  fixture = await openCloud({
    addresses: { anthropic: server.baseUrl },
    settings: { cloudModel: 'anthropic/claude-haiku-5-5' },
  })
})
afterEach(() => fixture[Symbol.asyncDispose]())

async function prepare(instruction: string | null): Promise<CloudPreparation> {
  const { client, documentId } = fixture
  const input = instruction === null ? { preset: 'brief' as const } : { preset: 'own' as const, instruction }
  return valueOf(await client.call('summaries.prepare-cloud', { documentId, ...input }))
}

/** Prepares a summary, allows the document with it, and has it made. */
async function allow(instruction: string | null): Promise<void> {
  const { draft } = await prepare(instruction)
  const approval = { draftId: draft.id, digest: draft.request.digest, scope: 'document-job' as const }
  await finish(valueOf(await fixture.client.call('cloud.approve', approval)).grantId)
}

async function finish(grantId: string): Promise<void> {
  const { client } = fixture
  const { jobId } = valueOf(await client.call('summaries.run-cloud', { grantId }))
  await drained(client.stream('summaries.follow', { jobId }))
}

/** Where it stands, and why it is asked again. */
async function standing(instruction: string | null): Promise<unknown> {
  const prepared = await prepare(instruction)
  return [prepared.state, prepared.draft.outside]
}

test('a permission given without an instruction of one’s own covers none', async () => {
  await allow(null)
  const [scope] = valueOf(await fixture.client.call('cloud.scopes', {}))
  expect(scope).toMatchObject({ kinds: ['summary'], content: ['document'] })
  expect(await standing('Only what Mr Brown said about my contract.')).toEqual(['ask', ['content-kind', 'instruction']])
  expect(await standing(null)).toEqual(['covered', []])
})

test('one given with an instruction covers that instruction and no other, and a summary without any', async () => {
  await allow('Only the costs.')
  const [scope] = valueOf(await fixture.client.call('cloud.scopes', {}))
  expect(scope).toMatchObject({ kinds: ['summary'], content: ['instruction', 'document'] })
  expect(await standing('Only the costs.')).toEqual(['covered', []])
  expect(await standing('Only the costs!')).toEqual(['ask', ['instruction']])
  expect(await standing(null)).toEqual(['covered', []])
})

test('the sheet names the kinds of content before the button', async () => {
  const { draft } = await prepare('Only the costs.')
  expect(draft.scopes.map(({ scope, content }) => [scope, content])).toEqual([
    ['once', ['instruction', 'document']],
    ['document-job', ['instruction', 'document']],
  ])
  const message = { conversationId: fixture.conversationId, text: 'Hello.' }
  const { scopes } = valueOf(await fixture.client.call('chat.prepare-cloud', message)).draft
  expect(scopes.map(({ scope, content }) => [scope, content])).toEqual([
    ['once', ['person']],
    ['conversation', ['person', 'assistant', 'document']],
  ])
})

test('own words whose instruction is not named are not taken for words that were approved', () => {
  const task: CloudTask = {
    kind: 'summary',
    conversationId: null,
    documents: [],
    pieces: [
      { kind: 'person', title: null, text: 'Map: only the costs.', fixed: false },
      { kind: 'document', title: 'a.pdf', text: 'Text.', fixed: false },
      { kind: 'person', title: null, text: 'Sotto’s own.', fixed: true },
    ],
    maxOutputTokens: 10,
    requests: 2,
    vault: 'document',
  }
  const named = { ...task, instruction: 'only the costs' }
  const reduced = task.pieces.map((piece) => ({ ...piece, text: piece.text.replace('Map', 'Reduce') }))
  expect(contentOf(task).instructionSha256).not.toBe(contentOf({ ...task, pieces: reduced }).instructionSha256)
  expect(contentOf(named).instructionSha256).toBe(contentOf({ ...named, pieces: reduced }).instructionSha256)
  expect(coveredContent('document-job', task)).toEqual(['instruction', 'document'])
})
