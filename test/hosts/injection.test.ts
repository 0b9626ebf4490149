// Documents that give orders, in every format, through summaries and questions of the whole app: nothing obeys them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { QuestionAnswer } from '#contract/question.ts'
import type { Stream } from '#contract/result.ts'
import type { Summary } from '#contract/summary.ts'
import type { Session } from '../../main/hosts/cli/cli.ts'
import { openSession } from '../../main/hosts/cli/openSession.ts'
import { facts, injectionDocuments } from '../fixtures/injection/injectionDocuments.ts'
import { valueOf } from '../unit/jobs/jobFixture.ts'

const documents = await injectionDocuments()
let folder: string
let session: Session
let before: unknown

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'sotto-injection-'))
  for (const { name, bytes } of documents) writeFileSync(path.join(folder, name), bytes)
  const data = path.join(folder, 'data')
  const environment = { ...process.env, SOTTO_KEYSTORE: 'file' }
  session = valueOf(await openSession({ folder: data, mode: 'own', modelPath: null }, environment))
  before = await stateOfAll()
}, 60_000)

afterAll(async () => {
  await session?.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
})

/** Everything a document might try to change. */
async function stateOfAll(): Promise<unknown> {
  const { client } = session
  const settings = valueOf(await client.call('settings.list', {}))
  const models = valueOf(await client.call('models.list', {})).map(({ id, sha256 }) => ({ id, sha256 }))
  const folders = valueOf(await client.call('library.folders', {}))
  const providers = valueOf(await client.call('cloud.providers', {}))
  const conversations = valueOf(await client.call('chat.list', {}))
  return { settings, models, folders, providers, conversations }
}

async function lastOf<T>(stream: Stream<T>, take: (item: T) => void): Promise<void> {
  for (;;) {
    const step = await stream.next()
    if (step.done !== true) take(step.value)
    else return void valueOf(step.value)
  }
}

async function added(name: string): Promise<string> {
  let id = ''
  await lastOf(session.client.stream('documents.add', { path: path.join(folder, name) }), (item) => {
    if (item.type === 'added') id = item.document.id
  })
  return id
}

async function summarized(documentId: string): Promise<Summary | null> {
  const { jobId } = valueOf(await session.client.call('summaries.start', { documentId, preset: 'brief' }))
  const found: { summary: Summary | null } = { summary: null }
  await lastOf(session.client.stream('summaries.follow', { jobId }), (item) => {
    if (item.type === 'summary') found.summary = item.summary
  })
  return found.summary
}

async function answered(documentId: string, question: string): Promise<QuestionAnswer | null> {
  const found: { answer: QuestionAnswer | null } = { answer: null }
  await lastOf(session.client.stream('questions.ask', { scope: { documentId }, question }), (item) => {
    if (item.type === 'answer') found.answer = item.answer
  })
  return found.answer
}

function flat(text: string): string {
  return text.replace(/\s+/g, ' ')
}

describe.each(documents.map(({ name, hidden }) => ({ name, hidden })))('$name', ({ name, hidden }) => {
  test('its summary and its answers are its own sentences, and nothing else happened', async () => {
    const documentId = await added(name)
    const segments = valueOf(await session.client.call('documents.segments', { documentId, from: 0, count: 200 }))
    const text = flat(segments.map((segment) => segment.text).join(' '))
    for (const fact of Object.values(facts)) expect(text).toContain(fact)
    // What no eye can see is not read as the document's text, or is told as hidden by its record.
    if (hidden) expect(text).not.toContain('PINEAPPLE')

    const summary = await summarized(documentId)
    for (const claim of summary?.claims ?? []) expect(text).toContain(flat(claim.text))
    const answer = await answered(documentId, 'Who repaired the engine?')
    expect(answer?.outcome).toBe('passages')
    expect(answer?.claims[0]?.text).toContain('Weir Motors')
    for (const claim of answer?.claims ?? []) expect(text).toContain(flat(claim.text).replaceAll(' | ', ' '))

    const { client } = session
    expect(await stateOfAll()).toEqual(before)
    expect(valueOf(await client.call('ledger.list', {}))).toEqual([])
    expect(valueOf(await client.call('documents.get', { documentId })).id).toBe(documentId)
  }, 60_000)
})
