// The sink test: a provider on loopback records every byte, and they are compared with what was shown and with the ledger.
import { createHash } from 'node:crypto'
import type { CloudDraft } from '#contract/cloudDraft.ts'
import { type CloudFixture, drained, openCloud, valueOf } from '../fakes/cloudFixture.ts'
import { type CloudServer, startCloudServer } from '../fakes/cloudServer.ts'

/** One request: SHA-256 of what was shown and of what arrived, equal when all is well. */
export type SunkRequest = {
  readonly task: string
  readonly model: string
  readonly bytes: number
  readonly shownSha256: string
  readonly arrivedSha256: string
}

/** What the sink saw of a run with the cloud on. `early`: connections made before anything was approved. */
export type SinkReport = {
  readonly requests: readonly SunkRequest[]
  readonly arrived: number
  readonly hosts: readonly string[]
  readonly early: number
  readonly attempts: number
  readonly attemptBytes: number
  readonly intact: boolean
}

const tasks = ['message', 'rewrite', 'summary'] as const
const models = ['anthropic/claude-haiku-5-5', 'openai/gpt-6-luna'] as const
const text = 'Please write to erika.mustermann@example.org about the ferry.'

/** Sends each kind of task in each wire, over TLS; null where there is no openssl to make a certificate with. */
export async function runSinkTest(): Promise<SinkReport | null> {
  await using server = await startCloudServer({ tls: true })
  if (server === null) return null
  await using fixture = await openCloud({
    addresses: { anthropic: server.baseUrl, openai: `${server.baseUrl}/v1` },
  })
  const requests: SunkRequest[] = []
  let early = 0
  for (const model of models) {
    for (const task of tasks) {
      const before = server.connections()
      const draft = await prepare(fixture, task, model)
      early += server.connections() - before
      requests.push(await send(fixture, server, task, draft))
    }
  }
  const attempts = (await fixture.entries()).filter(({ event }) => event === 'attempt')
  return {
    requests,
    arrived: server.requests.length,
    hosts: [...new Set(attempts.map(({ destination }) => new URL(destination).host))],
    early,
    attempts: attempts.length,
    attemptBytes: attempts.reduce((sum, { sentBytes }) => sum + sentBytes, 0),
    intact: valueOf(await fixture.ledger.verify()).intact,
  }
}

/** Whether what was shown, what arrived and what the ledger says are the same, at one host. */
export function isSound({ requests, arrived, hosts, early, attempts, attemptBytes, intact }: SinkReport): boolean {
  const shown = requests.reduce((sum, { bytes }) => sum + bytes, 0)
  return (
    requests.length === tasks.length * models.length &&
    requests.every(({ shownSha256, arrivedSha256 }) => shownSha256 === arrivedSha256) &&
    [arrived, attempts].every((count) => count === requests.length) &&
    attemptBytes === shown &&
    hosts.length === 1 &&
    early === 0 &&
    intact
  )
}

async function prepare(fixture: CloudFixture, task: (typeof tasks)[number], model: string): Promise<CloudDraft> {
  const { client, conversationId, documentId } = fixture
  switch (task) {
    case 'message':
      return valueOf(await client.call('chat.prepare-cloud', { conversationId, text, model })).draft
    case 'rewrite':
      return valueOf(await client.call('chat.prepare-rewrite', { text, style: 'shorter', model })).draft
    case 'summary':
      return valueOf(await client.call('summaries.prepare-cloud', { documentId, preset: 'brief', model })).draft
  }
}

async function send(
  { client }: CloudFixture,
  server: CloudServer,
  task: (typeof tasks)[number],
  { id: draftId, request, recipient }: CloudDraft,
): Promise<SunkRequest> {
  const approving = { draftId, digest: request.digest, scope: 'once' as const }
  const { grantId } = valueOf(await client.call('cloud.approve', approving))
  if (task === 'summary') {
    const { jobId } = valueOf(await client.call('summaries.run-cloud', { grantId }))
    valueOf((await drained(client.stream('summaries.follow', { jobId }))).ending)
  } else if (task === 'message') valueOf((await drained(client.stream('chat.run-cloud', { grantId }))).ending)
  else valueOf((await drained(client.stream('chat.run-rewrite', { grantId }))).ending)
  return {
    task,
    model: recipient.modelId,
    bytes: Buffer.byteLength(request.body),
    shownSha256: sha256(request.body),
    arrivedSha256: sha256(server.requests.at(-1)?.body ?? ''),
  }
}

function sha256(body: string): string {
  return createHash('sha256').update(body).digest('hex')
}

if (import.meta.main) console.log(JSON.stringify(await runSinkTest()))
