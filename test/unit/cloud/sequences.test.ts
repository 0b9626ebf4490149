// C7: whatever is called in whatever order, no content byte leaves without a grant that was given for it and lives.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CloudDraft, ConsentScope } from '#contract/cloudDraft.ts'
import type { LedgerEntry } from '#contract/ledger.ts'
import { seededRandom } from '../../acceptance/seededRandom.ts'
import { type CloudFixture, drained, openCloud, valueOf } from '../../fakes/cloudFixture.ts'
import { type CloudServer, startCloudServer } from '../../fakes/cloudServer.ts'

const deep = process.env['SOTTO_DEEP'] === '1'
const sequences = deep ? 10_000 : 300
const calls = 6
/** Opening a database costs as much as forty sequences; a conversation that grows makes every request longer. */
const perFixture = 250
const perConversation = 25
const seed = Number(process.env['SOTTO_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
let server: CloudServer

beforeAll(async () => {
  const started = await startCloudServer({ tls: false })
  if (started === null) throw new Error('unreachable: a plain server needs no certificate')
  server = started
})
afterAll(() => server[Symbol.asyncDispose]())

/** Everything the caller has seen so far; anything of it may be tried anywhere. */
type Seen = {
  readonly drafts: CloudDraft[]
  readonly grants: string[]
  readonly scopes: string[]
  readonly kinds: Map<string, CloudDraft['kind']>
  readonly conversationId: string
}

/** A new conversation in which the last few of what was seen in the one before may still be tried. */
async function next({ chat }: CloudFixture, before?: Seen): Promise<Seen> {
  const { id: conversationId } = valueOf(await chat.create({}))
  const [drafts, grants] = [before?.drafts.slice(-3) ?? [], before?.grants.slice(-3) ?? []]
  return { drafts, grants, scopes: before?.scopes.slice(-1) ?? [], kinds: new Map(before?.kinds), conversationId }
}

async function open(): Promise<CloudFixture> {
  const fixture = await openCloud()
  const model = { id: 'm', name: '', contextTokens: 32_000, outputTokens: 1000 }
  const given = { kind: 'private' as const, name: 'House', baseUrl: `${server.baseUrl}/v1`, models: [model] }
  const { id } = valueOf(await fixture.client.call('cloud.add-endpoint', { ...given, inside: true, keyNeeded: false }))
  fixture.settings.set('cloudModel', `${id}/m`)
  return fixture
}

function actions(fixture: CloudFixture, seen: Seen, random: () => number): readonly (() => Promise<unknown>)[] {
  const { client, documentId } = fixture
  const { conversationId } = seen
  const any = <T>(values: readonly T[]): T | undefined => values[Math.floor(random() * values.length)]
  const learn = (prepared: { ok: boolean; value?: { draft: CloudDraft; grantId?: string } }) => {
    if (prepared.value === undefined) return
    seen.drafts.push(prepared.value.draft)
    if (prepared.value.grantId === undefined) return
    seen.grants.push(prepared.value.grantId)
    seen.kinds.set(prepared.value.grantId, prepared.value.draft.kind)
  }
  const approve = async () => {
    const draft = any(seen.drafts)
    const digest = random() < 0.7 ? draft?.request.digest : any(seen.drafts)?.request.digest
    const scope: ConsentScope = any(['once', 'once', 'conversation', 'document-job'] as const) ?? 'once'
    const input = { draftId: draft?.id ?? 'no-draft', digest: digest ?? '', scope }
    const approval = await client.call('cloud.approve', input)
    if (!approval.ok) return
    seen.grants.push(approval.value.grantId)
    if (draft !== undefined) seen.kinds.set(approval.value.grantId, draft.kind)
    if (approval.value.scopeId !== null) seen.scopes.push(approval.value.scopeId)
  }
  const grant = () => any(seen.grants) ?? 'made-up'
  const runSummary = async (grantId = grant()) => {
    const run = await client.call('summaries.run-cloud', { grantId })
    if (run.ok) await drained(client.stream('summaries.follow', { jobId: run.value.jobId }))
  }
  const messageRun = () => drained(client.stream('chat.run-cloud', { grantId: grant() }))
  /** The newest grant for what it was given for; most others are tried for anything. */
  const runAsMeant = async () => {
    const grantId = seen.grants.at(-1) ?? 'made-up'
    if (seen.kinds.get(grantId) === 'summary') return runSummary(grantId)
    const method = seen.kinds.get(grantId) === 'rewrite' ? 'chat.run-rewrite' : 'chat.run-cloud'
    return drained<unknown>(client.stream(method, { grantId }))
  }
  const text = `Call +44 20 7946 0958 about ${Math.floor(random() * 1000)}`
  return [
    async () => learn(await client.call('chat.prepare-cloud', { conversationId, text })),
    async () => learn(await client.call('chat.prepare-cloud', { conversationId, text, documentIds: [documentId] })),
    async () => learn(await client.call('chat.prepare-rewrite', { text, style: 'shorter' })),
    async () => learn(await client.call('summaries.prepare-cloud', { documentId, preset: 'brief' })),
    approve,
    approve,
    approve,
    messageRun,
    messageRun,
    messageRun,
    () => drained(client.stream('chat.run-rewrite', { grantId: grant() })),
    () => runSummary(),
    runAsMeant,
    runAsMeant,
    runAsMeant,
    () => Promise.all([messageRun(), messageRun()]),
    () => client.call('cloud.decline', { draftId: any(seen.drafts)?.id ?? 'no-draft' }),
    () => client.call('cloud.withdraw', { scopeId: random() < 0.5 ? 'all' : (any(seen.scopes) ?? 'no-scope') }),
    async () => {
      const draft = any(seen.drafts)
      const redactionId = draft?.redactions[0]?.id ?? 'none'
      const input = { draftId: draft?.id ?? 'no-draft', redactionId, on: random() < 0.5 }
      const switched = await client.call('cloud.set-redaction', input)
      if (switched.ok) seen.drafts.push(switched.value)
    },
    async () => void (fixture.clock.wall += random() < 0.5 ? 30_000 : 130_000),
    () => client.call('settings.set', { key: 'localOnly', value: random() < 0.3 }),
  ]
}

/** What is wrong with a ledger, in words; empty when every attempt had its own grant, given before and not taken back. */
function faultsOf(entries: readonly LedgerEntry[]): string[] {
  const faults: string[] = []
  const granted = new Map<string, LedgerEntry>()
  const attempted = new Set<string>()
  for (const entry of entries) {
    const id = entry.grantId ?? ''
    if (entry.event === 'grant') granted.set(id, entry)
    if (entry.event !== 'attempt') continue
    const grant = granted.get(id)
    if (grant === undefined) faults.push(`attempt ${entry.seq} without a grant`)
    else if (grant.digest !== entry.digest) faults.push(`attempt ${entry.seq} with other bytes than were granted`)
    else if (Date.parse(entry.at) - Date.parse(grant.at) > 121_000)
      faults.push(`attempt ${entry.seq} under an old grant`)
    if (attempted.has(id)) faults.push(`attempt ${entry.seq} under a grant that was used`)
    attempted.add(id)
  }
  return faults
}

test(
  `${sequences} sequences of ${calls} calls`,
  async () => {
    const random = seededRandom(seed)
    let attempts = 0
    let granted = 0
    for (let done = 0; done < sequences; done += perFixture) {
      server.requests.length = 0
      await using fixture = await open()
      let seen = await next(fixture)
      const bodies = new Map<string, string>()
      for (let call = 0; call < Math.min(perFixture, sequences - done) * calls; call += 1) {
        // Each sequence begins with the way out open; what was seen before may be tried again.
        if (call % calls === 0) fixture.settings.set('localOnly', false)
        if (call > 0 && call % (perConversation * calls) === 0) seen = await next(fixture, seen)
        const possible = actions(fixture, seen, random)
        await possible[Math.floor(random() * possible.length)]?.()
        const drafted = seen.drafts.at(-1)?.request
        if (drafted !== undefined) bodies.set(drafted.body, drafted.digest)
      }
      await fixture.chat.idle()
      const entries: LedgerEntry[] = []
      for (let before: number | undefined; ; before = entries.at(-1)?.seq) {
        const page = valueOf(await fixture.ledger.list({ limit: 500, before }))
        entries.push(...page)
        if (page.length < 500) break
      }
      entries.reverse()
      expect(faultsOf(entries), `seed ${seed}`).toEqual([])
      const left = entries.filter(({ event, sentBytes }) => event === 'outcome' && sentBytes > 0)
      expect(server.requests.length, `seed ${seed}`).toBe(left.length)
      const wire = server.requests.map(({ body }) => bodies.get(body) ?? 'never drafted')
      expect(wire.toSorted(), `seed ${seed}`).toEqual(left.map(({ digest }) => digest).toSorted())
      expect(valueOf(await fixture.ledger.verify()).intact).toBe(true)
      attempts += left.length
      granted += entries.filter(({ event }) => event === 'grant').length
    }
    // A run in which nothing was ever sent would prove nothing.
    expect(granted).toBeGreaterThan(sequences / 10)
    expect(attempts).toBeGreaterThan(sequences / 20)
  },
  deep ? 3_600_000 : 300_000,
)
