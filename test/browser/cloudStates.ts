// The rooms where something goes outside, or might: sheets, answers and permissions to be looked at.
import type { Page } from '@playwright/test'
import type { Message } from '#contract/chat.ts'
import type { CloudDraft } from '#contract/cloudDraft.ts'
import { at, cloud, digest, draftWith, parts, recipient, recipientChoice } from './cloudDrafts.ts'
import { conversationAnswers, recordStates, scope } from './cloudRecords.ts'
import type { RoomState } from './roomState.ts'
import type { Words } from './words.ts'

/** Asks outside from the composer, so that the sheet of this draft stands there. */
function sheet(name: string, draft: CloudDraft, act?: (page: Page, say: Words) => Promise<void>): RoomState {
  return {
    name,
    hash: '#/chat/c-0',
    answers: {
      ...conversationAnswers([]),
      'cloud.state': () => ({ ...cloud, chosen: recipientChoice(draft.recipient) }),
      'chat.prepare-cloud': () => ({ state: 'ask', draft }),
    },
    async act(page, say) {
      await turnOut(page, say)
      await page.getByRole('textbox', { name: say('chat.composer.label') }).fill('Draft a reply, please.')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: say('consent.decide.keep') }).waitFor()
      await act?.(page, say)
    },
  }
}

async function turnOut(page: Page, say: Words): Promise<void> {
  await page
    .getByRole('radiogroup', { name: say('chat.place.label') })
    .locator('label')
    .nth(1)
    .click()
}

function message(id: string, role: Message['role'], text: string, changes: Partial<Message> = {}): Message {
  return {
    id,
    conversationId: 'c-0',
    parentId: null,
    role,
    text,
    state: 'complete',
    failure: null,
    documentIds: [],
    provenance: null,
    branch: { index: 0, count: 1 },
    siblingIds: [id],
    createdAt: at,
    ...changes,
  }
}

const elsewhere: Message['provenance'] = {
  documentSha256: null,
  model: { name: 'Claude Sonnet 5.5', sha256: '' },
  prompt: { id: 'chat-cloud', version: '1' },
  mode: 'free',
  seed: 0,
  createdAt: at,
  cloud: {
    providerId: 'anthropic',
    providerName: 'Anthropic',
    modelId: 'claude-sonnet-5-5',
    draftId: 'd-1',
    grantId: 'g-1',
    digest,
    hidden: 3,
    inputTokens: 398,
    outputTokens: 164,
    usd: 0.0024,
  },
}

const reply = `Dear Martha Ellis,

thank you for your patience. The second instalment waits for the Council’s decision, which is due **before the end of October**; the payment to your account follows within a week of it.

- The seals are ordered on the day of the decision.
- The date of the tow in April does not change.

With kind regards`

const question = message(
  'm-1',
  'person',
  'Draft a short, friendly reply that explains why the second instalment is late.',
)

function chatStates(): readonly RoomState[] {
  const answered = [question, message('m-2', 'assistant', reply, { parentId: 'm-1', provenance: elsewhere })]
  const growing = [
    question,
    message('m-2', 'assistant', '', { parentId: 'm-1', provenance: elsewhere, state: 'streaming' }),
  ]
  return [
    {
      name: 'chat-outside',
      hash: '#/chat/c-0',
      answers: { ...conversationAnswers(answered), 'cloud.scopes': () => [scope] },
    },
    {
      name: 'chat-outside-busy',
      hash: '#/chat/c-0',
      answers: {
        ...conversationAnswers(growing),
        'cloud.state': () => ({ ...cloud, streams: 1 }),
        'chat.follow': () => [{ type: 'text', text: reply.slice(0, 180) }],
      },
    },
    {
      name: 'chat-outside-failing',
      hash: '#/chat/c-0',
      answers: conversationAnswers([
        question,
        message('m-2', 'assistant', '', {
          parentId: 'm-1',
          provenance: elsewhere,
          state: 'failed',
          failure: {
            code: 'cloud-overloaded',
            details: { provider: 'Anthropic', retryAfterSeconds: 30, sentBytes: 2_214 },
          },
        }),
      ]),
    },
    {
      name: 'chat-rewrite',
      hash: '#/chat/c-0',
      answers: {
        ...conversationAnswers(answered),
        'chat.propose-cloud': () => ({
          place: 'cloud',
          model: { providerName: 'Anthropic', modelName: 'Claude Sonnet 5.5', inside: false },
          reasons: ['model-cannot-answer'],
          estimate: {
            inputTokens: 60,
            maxOutputTokens: 16_000,
            usd: 0.1602,
            priceDate: '2026-10-07',
            priceConfirmed: true,
          },
        }),
      },
      async act(page, say) {
        await page
          .getByRole('textbox', { name: say('chat.composer.label') })
          .fill('we cant pay the 2nd instalment yet because council has not decided, it will come soon')
        await page.getByRole('button', { name: say('chat.proposal.take.cloud') }).waitFor()
        await page.getByRole('button', { name: say('chat.rewrite.open') }).click()
        await page.getByRole('region', { name: say('chat.rewrite.title') }).waitFor()
      },
    },
  ]
}

function sheetStates(): readonly RoomState[] {
  const closed = { code: 'local-only', details: { by: 'policy' } } as const // as: a fixed failure
  const inside: CloudDraft['recipient'] = {
    ...recipient,
    providerId: 'own-1',
    providerName: 'Council server',
    modelId: 'qwen3.5-32b',
    modelName: 'qwen3.5-32b',
    host: 'models.thornmouth.example',
    inside: true,
    retention: 'private',
    retentionByPolicy: 'Nothing is kept after the answer was given.',
  }
  const long = Array.from({ length: 60 }, (_, page) => `Page ${page + 1}. ${parts[1]?.text ?? ''}`).join('\n\n')
  return [
    sheet('consent-message', draftWith()),
    sheet('consent-raw', draftWith(), (page, say) => page.getByText(say('consent.view.raw')).click()),
    sheet(
      'consent-document',
      draftWith({
        kind: 'summary',
        parts: [...parts.slice(0, 1), { kind: 'document', title: 'Harbour report.pdf', text: long, marks: [] }],
        redactions: [],
        requests: 14,
        scopes: [{ scope: 'document-job', content: ['document'], maxBytes: 2_400_000, maxUsd: 2.1, minutes: 60 }],
        policy: {
          state: 'active',
          sha256: digest,
          organisation: 'Thornmouth Council',
          lawfulBasis: 'Art. 6(1)(e) GDPR, task in the public interest',
        },
        fallback: {
          draftId: 'd-2',
          digest,
          providerName: 'Mistral',
          modelName: 'Mistral Large 4',
          host: 'api.mistral.ai',
        },
      }),
    ),
    sheet(
      'consent-blocked',
      draftWith({
        blocked: closed,
        policy: { state: 'active', sha256: digest, organisation: 'Thornmouth Council', lawfulBasis: null },
      }),
    ),
    sheet('consent-expired', draftWith({ state: 'expired', expiresAt: at })),
    sheet(
      'consent-inside',
      draftWith({
        recipient: inside,
        estimate: { inputTokens: 412, maxOutputTokens: 4096, usd: null, priceDate: null, priceConfirmed: false },
        outside: ['expired', 'redactions'],
      }),
    ),
  ]
}

/** All of them. */
export function cloudStates(): readonly RoomState[] {
  return [...sheetStates(), ...chatStates(), ...recordStates()]
}
