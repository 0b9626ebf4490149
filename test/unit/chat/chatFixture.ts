// A chat service on a database in memory, with everything around it in the test's hand.
import { onTestFinished } from 'vitest'
import type { AnswerItem, Message } from '#contract/chat.ts'
import type { DocumentRecord, Segment } from '#contract/document.ts'
import type { Parsed } from '#contract/index.ts'
import { fail, ok, type Result, type Stream } from '#contract/result.ts'
import { ChatService } from '../../../main/chat/chatService.ts'
import type { ChatContext, ChatPromptId, ChatPrompts } from '../../../main/chat/chatSources.ts'
import type { Storage } from '../../../main/storage/storage.ts'
import { createFakeLogger, type FakeLogger } from '../../fakes/fakeLogger.ts'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'
import { HeldTimers } from './heldTimers.ts'
import { ScriptedGenerator } from './scriptedGenerator.ts'

/** An event as it was announced. */
export type Announced = { readonly topic: string; readonly value: unknown }

/** Documents of a test by id: name and segments' texts. */
export type FixtureDocuments = Record<string, { name: string; segments: readonly string[] }>

const templates: Readonly<Record<ChatPromptId, string>> = {
  'chat-system': 'Be kind.',
  'chat-cloud': 'Be kind from afar.',
  'chat-rewrite': 'Write it {{how}}:\n<document>\n{{text}}\n</document>',
  'chat-document': '<document name="{{name}}">\n{{document}}\n</document>',
  'chat-title': 'Title for:\n{{conversation}}',
  'chat-older': 'Shorten:\n{{conversation}}',
}

/** The tests' prompts, each of version 1. */
export const fixturePrompts: ChatPrompts = {
  get: (id) => ({
    id,
    version: '1',
    render: (values: Readonly<Record<string, string>>) =>
      templates[id].replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? ''),
  }),
}

/** A service and everything it was given. */
export type ChatFixture = {
  readonly service: ChatService
  readonly storage: Storage
  readonly generator: ScriptedGenerator
  readonly timers: HeldTimers
  readonly logger: FakeLogger
  readonly announced: Announced[]
  readonly documents: FixtureDocuments
}

/** Makes a service; `storage` shares a database between two of them. */
export async function makeChat(
  options: { storage?: Storage; context?: (generator: ScriptedGenerator) => ChatContext } = {},
): Promise<ChatFixture> {
  const storage = options.storage ?? (await openMemoryStorage())
  if (options.storage === undefined) onTestFinished(() => storage.close())
  const generator = new ScriptedGenerator()
  const timers = new HeldTimers()
  const logger = createFakeLogger()
  const announced: Announced[] = []
  const documents: FixtureDocuments = {}
  let ids = 0
  let clock = Date.parse('2026-11-20T10:00:00Z')
  const prefix = options.storage === undefined ? 'id' : 'later'
  const service = new ChatService({
    storage,
    generator,
    timers,
    logger,
    documents: documentsOf(documents),
    prompts: fixturePrompts,
    announce: (topic, value) => void announced.push({ topic, value }),
    now: () => new Date((clock += 1000)),
    newId: () => `${prefix}-${(ids += 1)}`,
    newSeed: () => 77,
    ...(options.context === undefined ? {} : { context: options.context(generator) }),
  })
  onTestFinished(() => service.close())
  return { service, storage, generator, timers, logger, announced, documents }
}

/** A conversation's id. */
export async function newConversation(service: ChatService, title?: string): Promise<string> {
  return value(await service.create(title === undefined ? {} : { title })).id
}

/** What a result must hold. */
export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.code)
  return result.value
}

/** The input of a send with the contract's defaults. */
export function sending(
  conversationId: string,
  text: string,
  more: Partial<Parsed<'chat.send'>> = {},
): Parsed<'chat.send'> {
  return { conversationId, text, overflow: 'ask', documentIds: [], ...more }
}

/** Items of a stream to its end, and the ending. */
export async function drain(stream: Stream<AnswerItem>): Promise<{ items: AnswerItem[]; ending: Result<void> }> {
  const items: AnswerItem[] = []
  for (;;) {
    const step = await stream.next()
    if (step.done) return { items, ending: step.value }
    items.push(step.value)
  }
}

/** Sends and waits for the end; returns the ids of the turn. */
export async function exchange(
  service: ChatService,
  conversationId: string,
  text: string,
  more: Partial<Parsed<'chat.send'>> = {},
): Promise<{ person: string; answer: string; items: AnswerItem[]; ending: Result<void> }> {
  const { items, ending } = await drain(service.send(sending(conversationId, text, more), new AbortController().signal))
  const accepted = items[0]
  if (accepted?.type !== 'accepted') return { person: '', answer: '', items, ending }
  return { person: accepted.personMessageId ?? '', answer: accepted.answerMessageId, items, ending }
}

/** Role, text and state of the shown branch. */
export async function shown(service: ChatService, conversationId: string): Promise<string[]> {
  return lines(value(await service.messages(conversationId)))
}

/** Messages as `role: text (state, branch of count)`. */
export function lines(messages: readonly Message[]): string[] {
  return messages.map(
    ({ role, text, state, branch }) => `${role}: ${text} (${state}, ${branch.index + 1} of ${branch.count})`,
  )
}

function documentsOf(documents: FixtureDocuments) {
  return {
    get: (id: string): Promise<Result<DocumentRecord>> => {
      const found = documents[id]
      if (found === undefined) return Promise.resolve(fail('not-found', { what: 'document', id }))
      return Promise.resolve(ok(recordOf(id, found.name, found.segments)))
    },
    allSegments: (id: string): Promise<Result<readonly Segment[]>> =>
      Promise.resolve(
        ok(
          (documents[id]?.segments ?? []).map((text, index) => ({
            text,
            locator: { kind: 'lines' as const, from: index + 1, to: index + 1 },
          })),
        ),
      ),
  }
}

function recordOf(id: string, name: string, segments: readonly string[]): DocumentRecord {
  return {
    id,
    name,
    path: `/somewhere/${name}`,
    sha256: `sha-of-${id}`,
    format: 'text',
    bytes: 10,
    characters: segments.join('').length,
    segments: segments.length,
    title: null,
    coverage: { unit: 'line', total: segments.length, read: segments.length, withoutText: [] },
    addedAt: '2026-11-20T09:00:00.000Z',
    openedAt: '2026-11-20T09:00:00.000Z',
  }
}
