// Every room empty, busy, failing and full, as things to open: looked at by axe and by the screenshots.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import type { Conversation, Message } from '#contract/chat.ts'
import type { LedgerEntry } from '#contract/ledger.ts'
import type { Provenance } from '#contract/summary.ts'
import { sampleJob } from '../fakes/sampleJob.ts'
import type { Answers } from './alteredAnswers.ts'
import { choosingStates } from './choosingStates.ts'
import { claimStates } from './claimStates.ts'
import { cloudStates } from './cloudStates.ts'
import { jobStates } from './jobStates.ts'
import { resultStates } from './resultStates.ts'
import type { RoomState } from './roomState.ts'
import { libraryStates } from './libraryStates.ts'
import { modelStates } from './modelStates.ts'
import { questionStates } from './questionStates.ts'
import type { Words } from './words.ts'

export type { RoomState } from './roomState.ts'

/** Things that are in the library of the host the states are shown on. */
export type Library = { readonly documentId: string; readonly jobId: string }

const at = '2026-11-20T09:30:00.000Z'
const hash = '4f1c0b9e'.repeat(8)
const repository = path.resolve(import.meta.dirname, '../..')

const provenance: Provenance = {
  documentSha256: null,
  model: { name: 'Qwen3.5 4B', sha256: hash },
  prompt: { id: 'chat', version: '1' },
  mode: 'free',
  seed: 7,
  createdAt: at,
}

const conversations: readonly Conversation[] = [
  ['The second gate', at],
  ['Minutes of the ferry meeting', '2026-11-20T08:02:00.000Z'],
  ['A friendlier reply to the county', '2026-11-19T16:40:00.000Z'],
  ['What a tidal prism is', '2026-11-18T11:15:00.000Z'],
  ['Dredging: volumes and tonnes, and why the two lists never agree', '2026-11-02T10:00:00.000Z'],
].map(([title = '', updatedAt = at], index) => ({
  id: `c-${index}`,
  title,
  titledBy: 'model',
  createdAt: at,
  updatedAt,
}))

const richAnswer = `The second gate is towed from Kessel Point in **April 2027**, and the third in June.

Three things have to happen first:

1. The seals are ordered by 15 November, so that they arrive in March.
2. The dredger clears the sill to −7.5 m.
3. The harbour closes for \`36 hours\` at neap tide.

| gate | towed | hung | cost |
|---|---|---|---:|
| first | June 2026 | July 2026 | £6.1 million |
| second | April 2027 | May 2027 | £6.4 million |
| third | June 2027 | July 2027 | £6.4 million |

The force on a closed gate grows with the square of the head:

$$
F = \\tfrac{1}{2}\\rho g w h^2
$$

As a small program:

\`\`\`python
def force(width: float, head: float) -> float:
    """Force of water on a closed gate, in newtons."""
    return 0.5 * 1025 * 9.81 * width * head**2
\`\`\`

> The Board asks the Council to decide before the end of October.`

function chat(last: Partial<Message>, documentIds: readonly string[] = []): readonly Message[] {
  type Common = Pick<Message, 'conversationId' | 'failure' | 'documentIds' | 'provenance' | 'createdAt'>
  const common: Common = { conversationId: 'c-0', failure: null, documentIds: [], provenance: null, createdAt: at }
  const one = { index: 0, count: 1 }
  return [
    {
      ...common,
      id: 'm-1',
      parentId: null,
      role: 'person',
      text: 'When does the second gate come, and what has to happen before?',
      state: 'complete',
      branch: one,
      siblingIds: ['m-1'],
      documentIds: [...documentIds],
    },
    {
      ...common,
      id: 'm-2',
      parentId: 'm-1',
      role: 'assistant',
      text: richAnswer,
      state: 'complete',
      provenance,
      branch: { index: 1, count: 2 },
      siblingIds: ['m-0', 'm-2'],
    },
    {
      ...common,
      id: 'm-3',
      parentId: 'm-2',
      role: 'person',
      text: 'And who pays for the difference?',
      state: 'complete',
      branch: one,
      siblingIds: ['m-3'],
    },
    {
      ...common,
      id: 'm-4',
      parentId: 'm-3',
      role: 'assistant',
      text: 'The forecast is now £49.7 million, which is £1.5 million above the budget. The Board proposes that the county pays two thirds and the town one third',
      state: 'complete',
      branch: one,
      siblingIds: ['m-4'],
      ...last,
    },
  ]
}

function chatAnswers(last: Partial<Message>): Answers {
  return { 'chat.list': () => [...conversations], 'chat.messages': () => [...chat(last)] }
}

/** Newest first: a model fetched, content sent once, one thing refused. */
function ledger(): LedgerEntry[] {
  const rows: readonly Partial<LedgerEntry>[] = [
    { event: 'attempt', purpose: 'model-download', destination: 'https://models.example/qwen3.5-4b.gguf' },
    {
      event: 'outcome',
      purpose: 'model-download',
      destination: 'https://models.example/qwen3.5-4b.gguf',
      receivedBytes: 2_740_000_000,
      result: 'complete',
      attemptSeq: 1,
    },
    {
      event: 'refusal',
      purpose: 'update',
      destination: 'https://updates.example/latest',
      result: 'local-only:setting',
    },
    {
      event: 'attempt',
      purpose: 'content',
      destination: 'https://api.example/v1/messages',
      sentBytes: 18_422,
      digest: hash,
      grantId: 'g-1',
    },
    {
      event: 'outcome',
      purpose: 'content',
      destination: 'https://api.example/v1/messages',
      sentBytes: 18_422,
      receivedBytes: 2_210,
      digest: hash,
      grantId: 'g-1',
      result: 'complete',
      attemptSeq: 4,
    },
  ]
  return rows
    .map((row, index): LedgerEntry => ({
      seq: index + 1,
      at: `2026-11-${16 + index}T0${index + 1}:12:00.000Z`,
      event: 'attempt',
      purpose: 'update',
      destination: '',
      sentBytes: 0,
      receivedBytes: 0,
      digest: null,
      grantId: null,
      result: 'pending',
      attemptSeq: null,
      appVersion: '0.1.0',
      policySha256: null,
      previousHash: hash,
      hash,
      ...row,
    }))
    .reverse()
}

const verdict = { intact: true, entries: 5, headHash: hash, anchored: true, broken: null, checkedAt: at }

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().click()
}

type Upload = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }

async function pick(page: Page, opener: string, files: readonly Upload[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await press(page, opener)
  await (await chooser).setFiles([...files])
}

/** All states, in the order of the rail; `library` is what the host has. */
export function roomStates({ documentId, jobId }: Library): readonly RoomState[] {
  const document = `#/documents/${documentId}`
  return [
    ...firstRunStates(),
    ...chatStates(),
    ...documentStates(document, documentId, jobId),
    ...choosingStates(),
    ...claimStates(document),
    ...questionStates(documentId),
    ...resultStates(documentId),
    ...jobStates(documentId),
    ...libraryStates(),
    ...restStates(),
    ...cloudStates(),
    ...modelStates(),
  ]
}

function firstRunStates(): readonly RoomState[] {
  const welcome: Answers = {
    'settings.list': (_, own) =>
      (own ?? []).map((entry) => (entry.key === 'welcomed' ? { ...entry, value: false } : entry)),
  }
  return [
    {
      name: 'first-run',
      hash: '',
      answers: welcome,
      act: (page, say) => page.getByRole('region', { name: say('firstRun.recommended.label') }).waitFor(),
    },
  ]
}

function chatStates(): readonly RoomState[] {
  const failure = { code: 'engine-crashed', details: {} } as const
  return [
    { name: 'chat-empty', hash: '#/chat', answers: { 'chat.list': () => [] } },
    { name: 'chat-full', hash: '#/chat/c-0', answers: chatAnswers({ provenance }) },
    {
      name: 'chat-busy',
      hash: '#/chat/c-0',
      answers: {
        ...chatAnswers({ state: 'streaming' }),
        'chat.follow': () => [{ type: 'text', text: chat({})[3]?.text ?? '' }],
      },
    },
    { name: 'chat-failing', hash: '#/chat/c-0', answers: chatAnswers({ state: 'failed', text: '', failure }) },
    {
      name: 'chat-overflow',
      hash: '#/chat/c-0',
      answers: {
        ...chatAnswers({ provenance }),
        'chat.send': () => ({
          fails: { code: 'context-full', details: { neededTokens: 4047, contextTokens: 2048, reservedTokens: 512 } },
        }),
      },
      async act(page, say) {
        await page.getByRole('textbox', { name: say('chat.composer.label') }).fill('And the third?')
        await page.keyboard.press('Enter')
        await page.getByText(say('chat.overflow.title')).waitFor()
      },
    },
  ]
}

function documentStates(place: string, documentId: string, jobId: string): readonly RoomState[] {
  const counts = { doneSteps: 3, totalSteps: 8, createdAt: at, updatedAt: at }
  const job = sampleJob({ id: jobId, documentId, state: 'running', ...counts })
  const busy: Answers = {
    'jobs.list': () => [job],
    'summaries.list': () => [],
    'summaries.follow': () => [
      { type: 'planned', chunks: 5, steps: 8, reused: 0 },
      {
        type: 'partial',
        chunk: 0,
        text: 'The piers are in the riverbed, the first of three gates has been hung, and the town can expect protection from the winter of 2027.',
      },
      {
        type: 'progress',
        stage: 'reading',
        doneSteps: 3,
        totalSteps: 8,
        units: { from: 3, to: 4 },
        remainingMs: 110_000,
      },
    ],
  }
  const failed = { ...job, state: 'failed', failure: { code: 'engine-out-of-memory', details: {} } } as const
  const source = async (page: Page, say: Words): Promise<void> => {
    await page
      .getByRole('button', { name: say('documents.summary.show', { place: '' }).trim() })
      .nth(2)
      .click()
    await page.locator('aside mark').first().waitFor()
  }
  return [
    { name: 'documents-empty', hash: '#/documents', answers: { 'documents.list': () => [] } },
    { name: 'documents-full', hash: place },
    { name: 'documents-source', hash: place, act: source },
    { name: 'documents-busy', hash: place, answers: busy },
    {
      name: 'documents-failing',
      hash: place,
      answers: { 'jobs.list': () => [failed], 'summaries.list': () => [], 'summaries.follow': () => [] },
    },
    {
      name: 'documents-refused',
      hash: '#/documents',
      async act(page, say) {
        const encrypted = path.join(repository, 'test/fixtures/documents/password-aes256.pdf')
        await pick(page, say('documents.list.add'), [
          { name: 'Staffing plan.pdf', mimeType: 'application/pdf', buffer: readFileSync(encrypted) },
          { name: 'Minutes.docx', mimeType: 'application/zip', buffer: Buffer.from('504b0304140008000800', 'hex') },
        ])
        await page
          .getByText(say('documents.tray.failed', { count: 2, amount: 2 }))
          .first()
          .waitFor()
      },
    },
  ]
}

function restStates(): readonly RoomState[] {
  const entries = ledger()
  const full: Answers = {
    'ledger.list': () => entries,
    'ledger.verify': () => verdict,
    'ledger.totals': () => ({
      contentBytes: 18_422,
      publicRequests: 1,
      refusals: 1,
      since: '2026-11-16T08:00:00.000Z',
    }),
  }
  const broken: Answers = {
    ...full,
    'ledger.verify': () => ({ ...verdict, intact: false, broken: { seq: 4, reason: 'altered' } }),
  }
  const managed: Answers = {
    'settings.list': (_, own) =>
      (own ?? []).map((entry) =>
        ['localOnly', 'modelId', 'threads'].includes(entry.key)
          ? {
              ...entry,
              source: 'policy',
              locked: true,
              reason: 'Decided for all of Thornmouth Council.',
              contact: 'help@thornmouth.example',
            }
          : entry,
      ),
    'settings.policy': () => ({ state: 'active', source: '/etc/sotto/policy.json', sha256: hash, issues: [] }),
  }
  return [
    { name: 'models-full', hash: '#/models' },
    {
      name: 'models-failing',
      hash: '#/models',
      answers: {
        'models.engine': () => ({
          state: 'failed',
          failure: { code: 'engine-unavailable', details: { restarts: 3, minutes: 5 } },
        }),
      },
    },
    {
      name: 'models-busy',
      hash: '#/models',
      answers: { 'models.engine': () => ({ state: 'loading', modelId: 'sotto-starter', progress: 0.4 }) },
    },
    { name: 'activity-empty', hash: '#/activity' },
    { name: 'activity-full', hash: '#/activity', answers: full },
    { name: 'activity-failing', hash: '#/activity', answers: broken },
    { name: 'settings-full', hash: '#/settings' },
    { name: 'settings-managed', hash: '#/settings', answers: managed },
    { name: 'palette', hash: '#/documents', act: (page) => page.keyboard.press('ControlOrMeta+k') },
    {
      name: 'lost',
      hash: '#/documents',
      act: (page) => page.evaluate(() => (globalThis as unknown as { sotto: { close(): void } }).sotto.close()), // as: set by the preload
    },
  ]
}
