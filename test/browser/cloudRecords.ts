// Activity and Settings with something in them: decisions, receipts, usage, permissions, providers.
import type { Message } from '#contract/chat.ts'
import type { CloudProvider } from '#contract/cloud.ts'
import type { CloudUsage, ConsentReceipt, OpenScope } from '#contract/consent.ts'
import type { LedgerEntry } from '#contract/ledger.ts'
import type { Answers } from './alteredAnswers.ts'
import { at, cloud, digest, draftWith } from './cloudDrafts.ts'
import type { RoomState } from './roomState.ts'

/** One conversation with these messages, and the cloud ready. */
export function conversationAnswers(messages: readonly Message[]): Answers {
  return {
    'chat.list': () => [
      { id: 'c-0', title: 'A reply to Harland Marine', titledBy: 'model', createdAt: at, updatedAt: at },
    ],
    'chat.messages': () => [...messages],
    'cloud.state': () => cloud,
    'cloud.scopes': () => [],
  }
}

/** A permission that is open for that conversation. */
export const scope: OpenScope = {
  id: 's-1',
  scope: 'conversation',
  conversationId: 'c-0',
  documentIds: [],
  providerId: 'anthropic',
  providerName: 'Anthropic',
  modelId: 'claude-sonnet-5-5',
  modelName: 'Claude Sonnet 5.5',
  host: 'api.anthropic.com',
  kinds: ['message', 'rewrite'],
  content: ['person', 'assistant', 'document'],
  inClear: 1,
  requests: 2,
  usedBytes: 9_840,
  maxBytes: 1_000_000,
  usedUsd: 0.0051,
  maxUsd: 3.22,
  approvedAt: at,
  expiresAt: '2026-11-20T10:30:00.000Z',
}

function usage(): CloudUsage {
  return {
    month: '2026-11',
    monthUsd: 1.24,
    unpriced: 1,
    budgetUsd: 10,
    byMonth: [
      { month: '2026-11', requests: 9, inputTokens: 60_200, outputTokens: 11_900, usd: 1.24 },
      { month: '2026-10', requests: 31, inputTokens: 400_000, outputTokens: 90_000, usd: 6.4 },
      { month: '2026-09', requests: 4, inputTokens: 30_000, outputTokens: 8_000, usd: 0.7 },
    ],
    byProvider: [
      { providerId: 'anthropic', providerName: 'Anthropic', requests: 40, inputTokens: 1, outputTokens: 1, usd: 8.34 },
      { providerId: 'own-1', providerName: 'Council server', requests: 4, inputTokens: 1, outputTokens: 1, usd: null },
    ],
    byConversation: [
      {
        conversationId: 'c-0',
        title: 'A reply to Harland Marine',
        requests: 3,
        inputTokens: 1,
        outputTokens: 1,
        usd: 0.0075,
      },
    ],
    weeks: [4, 9, 12, 7, 15, 11, 8, 14, 18, 9, 13, 6].map((local, index) => ({
      week: new Date(Date.UTC(2026, 7, 31 + index * 7)).toISOString().slice(0, 10),
      local,
      cloud: [0, 1, 0, 3, 2, 0, 5, 1, 0, 4, 2, 1][index] ?? 0,
    })),
  }
}

function receipt(id: string, event: ConsentReceipt['event'], changes: Partial<ConsentReceipt> = {}): ConsentReceipt {
  return {
    id,
    at,
    event,
    kind: 'message',
    scope: 'conversation',
    scopeId: 's-1',
    grantId: event === 'approved' || event === 'covered' ? 'g-1' : null,
    draftId: 'd-1',
    digest,
    bytes: 2_214,
    providerId: 'anthropic',
    providerName: 'Anthropic',
    modelId: 'claude-sonnet-5-5',
    host: 'api.anthropic.com',
    conversationId: 'c-0',
    documentIds: [],
    hidden: 3,
    inClear: 1,
    policySha256: null,
    lawfulBasis: null,
    expiresAt: null,
    ...changes,
  }
}

function ledger(): LedgerEntry[] {
  const rows: readonly Partial<LedgerEntry>[] = [
    { event: 'decline', result: 'declined:once' },
    { event: 'grant', result: 'approved:conversation:s-1', grantId: 'g-1' },
    { event: 'attempt', result: 'POST', grantId: 'g-1', sentBytes: 2_214 },
    {
      event: 'outcome',
      result: 'complete:200',
      grantId: 'g-1',
      sentBytes: 2_214,
      receivedBytes: 4_020,
      attemptSeq: 3,
    },
    { event: 'withdrawal', result: 'withdrawn:conversation:s-1' },
    { event: 'refusal', result: 'consent-required' },
  ]
  return rows
    .map((row, index): LedgerEntry => ({
      seq: index + 1,
      at: `2026-11-20T09:${10 + index}:00.000Z`,
      event: 'attempt',
      purpose: 'content',
      destination: 'https://api.anthropic.com/v1/messages',
      sentBytes: 0,
      receivedBytes: 0,
      digest,
      grantId: null,
      model: 'claude-sonnet-5-5',
      result: '',
      attemptSeq: null,
      appVersion: '0.1.0',
      policySha256: null,
      previousHash: digest,
      hash: digest,
      ...row,
    }))
    .toReversed()
}

/** The states of Activity and Settings. */
export function recordStates(): readonly RoomState[] {
  const answers: Answers = {
    ...conversationAnswers([]),
    'ledger.list': () => ledger(),
    'ledger.totals': () => ({ contentBytes: 2_214, publicRequests: 0, refusals: 1, since: '2026-11-16T08:00:00.000Z' }),
    'ledger.verify': () => ({
      intact: true,
      entries: 6,
      headHash: digest,
      anchored: true,
      broken: null,
      checkedAt: new Date().toISOString(),
    }),
    'ledger.anchor': () => ({ entries: 6, hash: digest }),
    'cloud.usage': () => usage(),
    'cloud.scopes': () => [scope],
    'cloud.receipts': () => [
      receipt('k-3', 'declined', { scope: 'once', scopeId: null, at: '2026-11-20T09:20:00.000Z' }),
      receipt('k-2', 'covered', { at: '2026-11-20T09:15:00.000Z', lawfulBasis: 'Art. 6(1)(e) GDPR' }),
      receipt('k-1', 'approved', { at: '2026-11-20T09:12:00.000Z' }),
    ],
    'cloud.self-test': () => [
      { way: 'send-without-grant', outcome: 'refused', code: 'consent-required' },
      { way: 'send-altered-bytes', outcome: 'refused', code: 'consent-mismatch' },
      { way: 'public-plain-http', outcome: 'refused', code: 'egress-refused' },
    ],
    'cloud.draft': () => draftWith({ state: 'sent' }),
  }
  const providers: readonly CloudProvider[] = [
    provider('anthropic', 'Anthropic', 'api.anthropic.com', { key: { needed: true, set: true, place: 'keystore' } }),
    provider('openai', 'OpenAI', 'api.openai.com', {}),
    provider('mistral', 'Mistral', 'api.mistral.ai', { allowed: false }),
    provider('own-1', 'Council server', 'models.thornmouth.example', {
      kind: 'private',
      inside: true,
      added: true,
      key: { needed: false, set: false, place: 'none' },
    }),
  ]
  return [
    { name: 'activity-outside', hash: '#/activity', answers },
    {
      name: 'activity-receipts',
      hash: '#/activity',
      answers,
      async act(page, say) {
        await page.getByRole('button', { name: say('activity.selfTest.run') }).click()
        await page.getByText(say('activity.selfTest.well', { count: 3 })).waitFor()
        await page.getByText(say('activity.view.receipts')).click()
        await page.getByRole('list', { name: say('activity.receipts.title') }).waitFor()
      },
    },
    {
      name: 'consent-read',
      hash: '#/activity',
      answers,
      async act(page, say) {
        await page.getByText(say('activity.view.receipts')).click()
        await page
          .getByRole('button', { name: say('activity.receipts.read') })
          .first()
          .click()
        await page.getByRole('button', { name: say('consent.decide.back') }).waitFor()
      },
    },
    {
      name: 'settings-cloud',
      hash: '#/settings',
      answers: {
        'cloud.state': () => cloud,
        'cloud.providers': () => [...providers],
        'cloud.terms': () => ({ hide: ['Operation Heron', 'Kessel Point'], show: ['Thornmouth'] }),
      },
      async act(page, say) {
        await page.getByRole('button', { name: say('settings.cloud.key.setOf', { name: 'OpenAI' }) }).click()
        await page.getByRole('button', { name: say('settings.cloud.endpoint.add') }).click()
        await page
          .getByRole('heading', { name: say('settings.sections.cloud'), exact: true })
          .evaluate((heading) => heading.scrollIntoView())
      },
    },
  ]
}

function provider(id: string, name: string, host: string, changes: Partial<CloudProvider>): CloudProvider {
  return {
    id,
    kind: 'openai',
    name,
    host,
    inside: false,
    added: false,
    allowed: true,
    key: { needed: true, set: false, place: 'none' },
    models: [
      {
        id: 'claude-sonnet-5-5',
        name: 'Claude Sonnet 5.5',
        contextTokens: 1_000_000,
        outputTokens: 128_000,
        price: {
          since: '2026-10-07',
          input: 2,
          output: 10,
          cacheRead: null,
          cacheWrite: null,
          longInput: null,
          by: 'table',
          unconfirmed: [],
        },
      },
    ],
    retention: 'anthropic',
    ...changes,
  }
}
