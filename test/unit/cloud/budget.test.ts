// Money held back: what is under way counts, so that requests at once never pass the hard stop together.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fail, ok, type Result } from '#contract/result.ts'
import { seededRandom } from '../../acceptance/seededRandom.ts'
import { Budget } from '../../../main/cloud/budget.ts'
import { drained, openCloud, valueOf } from '../../fakes/cloudFixture.ts'
import { type CloudServer, messageEvents, startCloudServer } from '../../fakes/cloudServer.ts'

const seed = Number(process.env['SOTTO_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const request = { inside: false, model: 'Model' }
let server: CloudServer

beforeAll(async () => {
  const started = await startCloudServer({ tls: true })
  if (started === null) throw new Error('this test needs openssl')
  server = started
})
afterAll(() => server[Symbol.asyncDispose]())

/** A budget over an account to which writing takes its time. */
function account(limit: number) {
  const state = { spent: 0, limit, broken: false }
  const spentUsd = async (): Promise<Result<number>> => {
    const { spent } = state
    await Promise.resolve()
    return state.broken ? fail('not-found', { what: 'grant', id: '' }) : ok(spent)
  }
  return { state, budget: new Budget({ limitUsd: () => state.limit, spentUsd }) }
}

function reached(limitUsd: number, spentUsd: number) {
  return fail('cloud-budget-reached', { limitUsd, spentUsd })
}

test('what is under way counts, what came of it stands in its place, and what never went is given back', async () => {
  const { state, budget } = account(1)
  const first = valueOf(await budget.reserve({ ...request, usd: 0.6 }))
  expect(await budget.reserve({ ...request, usd: 0.6 })).toEqual(reached(1, 0.6))
  expect(await budget.obstacle({ ...request, usd: 0.6 })).toEqual(ok(reached(1, 0.6).failure))
  expect(await first.settle(async () => (state.spent += 0.1))).toBe(0.1)
  const second = valueOf(await budget.reserve({ ...request, usd: 0.9 }))
  expect(await budget.reserve({ ...request, usd: 0.1 })).toEqual(reached(1, 1))
  second.release()
  expect(await budget.obstacle({ ...request, usd: 0.9 })).toEqual(ok(null))
})

test('without a limit, inside the organisation and without a price it says what it always said', async () => {
  const { state, budget } = account(0)
  expect(await budget.obstacle({ ...request, usd: 1e6 })).toEqual(ok(null))
  state.limit = 1
  expect(await budget.obstacle({ ...request, inside: true, usd: 5 })).toEqual(ok(null))
  expect(await budget.reserve({ ...request, usd: null })).toEqual(fail('cloud-price-unknown', { model: 'Model' }))
  state.broken = true
  expect((await budget.reserve({ ...request, usd: 0.1 })).ok).toBe(false)
  state.broken = false
  // A reading that failed holds nothing back and stops nobody after it.
  expect(await budget.obstacle({ ...request, usd: 1 })).toEqual(ok(null))
})

test('what could not be written down is given back all the same, and the fault is not swallowed', async () => {
  const { budget } = account(1)
  const only = valueOf(await budget.reserve({ ...request, usd: 1 }))
  await expect(only.settle(() => Promise.reject(new Error('full')))).rejects.toThrow('full')
  expect(await budget.obstacle({ ...request, usd: 1 })).toEqual(ok(null))
})

test(`any number at once, in any order: together they never pass the stop (seed ${seed})`, async () => {
  const random = seededRandom(seed)
  for (let round = 0; round < 50; round += 1) {
    const { state, budget } = account(1)
    let held = 0
    let most = 0
    const one = async (): Promise<void> => {
      const usd = 0.05 + random() * 0.5
      const reserved = await budget.reserve({ ...request, usd })
      if (!reserved.ok) return
      held += usd
      most = Math.max(most, held + state.spent)
      for (let wait = Math.floor(random() * 5); wait > 0; wait -= 1) await Promise.resolve()
      const actual = usd * random()
      await reserved.value.settle(async () => {
        await Promise.resolve()
        held -= usd
        state.spent += actual
      })
    }
    await Promise.all(Array.from({ length: 20 }, one))
    expect(most).toBeLessThanOrEqual(1 + 1e-9)
    expect(state.spent).toBeGreaterThan(0)
  }
})

test('two approved requests that only fit one at a time: the second waits for no one and is refused, nothing of it sent', async () => {
  await using fixture = await openCloud({
    addresses: { anthropic: server.baseUrl },
    settings: { cloudModel: 'anthropic/claude-sonnet-5-5' },
  })
  const { client, settings } = fixture
  const grants: string[] = []
  const conversations: string[] = []
  let usd = 0
  for (const text of ['The ferry.', 'The bridge.']) {
    const { id: conversationId } = valueOf(await fixture.chat.create({}))
    const { draft } = valueOf(await client.call('chat.prepare-cloud', { conversationId, text }))
    const approval = { draftId: draft.id, digest: draft.request.digest, scope: 'once' as const }
    grants.push(valueOf(await client.call('cloud.approve', approval)).grantId)
    conversations.push(conversationId)
    usd = draft.estimate.usd ?? 0
  }
  expect(usd).toBeGreaterThan(0)
  settings.set('cloudBudgetUsd', usd * 1.5)
  const arrived = Promise.withResolvers<() => void>()
  server.next({
    kind: 'answer',
    act: (_request, response) =>
      arrived.resolve(() => {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.end(messageEvents(['Done.'], 'complete').join(''))
      }),
  })
  const first = drained(client.stream('chat.run-cloud', { grantId: grants[0] ?? '' }))
  const answer = await arrived.promise
  const second = await drained(client.stream('chat.run-cloud', { grantId: grants[1] ?? '' }))
  expect(second.ending).toMatchObject({ ok: false, failure: { code: 'cloud-budget-reached' } })
  expect(server.requests.length).toBe(1)
  answer()
  expect((await first).ending).toEqual(ok(undefined))
  // What the first really cost leaves room for the second now, once it is approved again.
  const usage = valueOf(await client.call('cloud.usage', {}))
  expect(usage.monthUsd).toBeGreaterThan(0)
  expect(usage.monthUsd).toBeLessThan(usd / 2)
  const again = { conversationId: conversations[1] ?? '', text: 'The bridge.' }
  expect(valueOf(await client.call('chat.prepare-cloud', again)).draft.blocked).toBeNull()
})
