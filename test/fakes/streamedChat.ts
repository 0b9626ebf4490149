// A window's other end without a model: one long conversation, and answers that come at a set speed.
import { join } from 'node:path'
import type { Message } from '#contract/chat.ts'
import { fail, ok } from '#contract/result.ts'
import { settingSchemas, type SettingEntry, type SettingKey } from '#contract/setting.ts'
import { startServer } from '../../main/hosts/browser/server.ts'
import type { Handlers } from '../../main/rpc/handler.ts'
import { RpcServer } from '../../main/rpc/rpcServer.ts'
import { createFakeHandlers } from './fakeHandlers.ts'
import { createFakeLogger } from './fakeLogger.ts'

/** How long the conversation is, and how fast and how far an answer is written. */
export type StreamedChatOptions = {
  readonly messages: number
  readonly tokensPerSecond: number
  readonly answerCharacters: number
}

/** A served window; `address` lets one browser in. */
export type StreamedChat = { readonly address: string; close(): Promise<void> }

const at = '2026-11-20T12:00:00.000Z'
const conversation = {
  id: 'long',
  title: 'A long conversation',
  titledBy: 'person',
  createdAt: at,
  updatedAt: at,
} as const

/** What answers are made of: prose, a list, a table, code and emphasis, so that every kind of block is streamed. */
const passage = [
  'The harbour was quiet when the first boats came in, and **nobody** noticed the change of wind until the flags moved. ',
  'It took the crew an hour to secure the lines, and by then the rain had reached the far quay.\n\n',
  '- a first point with some `inline code` in it\n- a second point that is a little longer than the first\n\n',
  '| day | boats | wind |\n| --- | --- | --- |\n| Monday | 14 | west |\n| Tuesday | 9 | north |\n\n',
  '```ts\nexport function tide(hour: number): number {\n  return Math.sin(hour / 6) * 2.5\n}\n```\n\n',
].join('')

function message(index: number, text: string, changes: Partial<Message> = {}): Message {
  return {
    id: `m${index}`,
    conversationId: conversation.id,
    parentId: index === 0 ? null : `m${index - 1}`,
    role: index % 2 === 0 ? 'person' : 'assistant',
    text,
    state: 'complete',
    failure: null,
    documentIds: [],
    provenance: null,
    branch: { index: 0, count: 1 },
    siblingIds: [`m${index}`],
    createdAt: at,
    ...changes,
  }
}

async function* answer(options: StreamedChatOptions, signal: AbortSignal): ReturnType<Handlers['chat.send']> {
  const count = options.messages
  yield { type: 'accepted', personMessageId: `m${count}`, answerMessageId: `m${count + 1}` }
  const token = 4
  const begun = performance.now()
  let sent = 0
  while (sent < options.answerCharacters && !signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, 10))
    const due = Math.floor(((performance.now() - begun) / 1000) * options.tokensPerSecond) * token
    let text = ''
    while (sent < Math.min(due, options.answerCharacters)) {
      text += passage.charAt(sent % passage.length)
      sent += 1
    }
    if (text !== '') yield { type: 'text', text }
  }
  const reason = signal.aborted ? 'stopped' : 'complete'
  yield { type: 'finished', reason, evaluatedTokens: 1, generatedTokens: Math.ceil(sent / token), leftOutMessages: 0 }
  return ok(undefined)
}

function settings(): SettingEntry[] {
  const keys = Object.keys(settingSchemas) as SettingKey[] // as: Object.keys forgets literal keys
  return keys.map((key) => ({
    key,
    value: key === 'welcomed' ? true : settingSchemas[key].parse(undefined),
    source: 'default',
    locked: false,
    reason: null,
    contact: null,
  }))
}

function handlers(options: StreamedChatOptions): Handlers {
  const history = Array.from({ length: options.messages }, (_, index) =>
    message(
      index,
      index % 2 === 0 ? `Question ${index} about the harbour, in one or two lines.` : `${index}. ${passage}`,
    ),
  )
  const budget = {
    contextTokens: 100_000,
    reservedTokens: 1024,
    historyTokens: 60_000,
    documentTokens: 0,
    draftTokens: 10,
    messagesOverLimit: 0,
    fits: true,
  }
  return createFakeHandlers({
    'system.info': async () =>
      ok({ appVersion: '0', host: 'browser', dataFolder: null, keyPlace: 'none', platform: 'linux', language: 'en' }),
    'settings.list': async () => ok(settings()),
    'settings.policy': async () => ok({ state: 'none', source: null, sha256: null, issues: [] }),
    'models.list': async () => ok([]),
    'models.engine': async () => ok({ state: 'idle' }),
    'ledger.totals': async () => ok({ contentBytes: 0, publicRequests: 0, refusals: 0, since: at }),
    'documents.list': async () => ok([]),
    'documents.samples': async () => ok([]),
    'jobs.list': async () => ok([]),
    'chat.list': async () => ok([conversation]),
    'chat.messages': async () => ok(history),
    'chat.budget': async () => ok(budget),
    'chat.preload': async () => ok({}),
    'chat.stop': async () => ok({}),
    'chat.follow': async function* () {
      return fail('not-found', { what: 'message', id: '' })
    },
    'chat.send': (_, { signal }) => answer(options, signal),
  })
}

/** Serves the built window over these handlers on a loopback port. */
export async function startStreamedChat(options: StreamedChatOptions): Promise<StreamedChat> {
  const rpc = new RpcServer({ handlers: handlers(options), logger: createFakeLogger(), now: () => new Date() })
  const server = await startServer({
    pageRoot: join(import.meta.dirname, '..', '..', 'dist', 'renderer'),
    attach: (port) => rpc.attach(port),
    onWindows: () => undefined,
    now: () => Date.now(),
    refusal: '',
  })
  return {
    address: `${server.origin}/start?code=${server.door.issueCode(60_000)}`,
    async close() {
      rpc.close()
      await server.close()
    },
  }
}
