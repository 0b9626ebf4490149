// A conversation longer than the context: tokens read again under Sotto's policy, against the library's own.
import { randomUUID } from 'node:crypto'
import { fail, ok } from '#contract/result.ts'
import { ChatService } from '../../../main/chat/chatService.ts'
import type { LocalGenerator } from '../../../main/inference/localGenerator.ts'
import { PromptLibrary } from '../../../main/prompts/promptLibrary.ts'
import { createEngineHarness } from '../../fakes/engineHarness.ts'
import { createFakeLogger } from '../../fakes/fakeLogger.ts'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'
import type { Bar } from '../bar.ts'
import { benchModel, ensureSmallModel } from '../model/benchModel.ts'
import { text } from '../model/vocabulary.ts'
import { figure } from '../logic/statistics.ts'
import { startBare } from '../rig/startBare.ts'

const contextTokens = 2048
const turns = 9
const messageTokens = 240
const answerTokens = 80
/** As many tokens as a trained vocabulary makes of the app's own opening; the bench's would make three times as many. */
const system = text(72, 5000)
const never = new AbortController().signal

/** Marked at half of the tokens the library evaluates. */
export const bar: Bar = {
  title: 'Conversation longer than the context',
  how:
    'Nine messages of 240 words, answers of 80 tokens, a context of 2,048. Sotto leaves out whole oldest turns down to half ' +
    'of the room; the library frees only what it needs at the moment, and so reads everything again at every turn. Counted ' +
    'in prompt tokens evaluated, on a small model with the same vocabulary: a count depends neither on speed nor on size, ' +
    'so it is taken once.',
  async run({ say }) {
    const path = await ensureSmallModel()
    const messages = Array.from({ length: turns }, (_, turn) => text(messageTokens, turn + 1))
    const own = await ownPolicy(path, messages)
    const bare = await startBare(path, contextTokens)
    try {
      const library = await bare.chat({ system, messages, tokens: answerTokens })
      say(`Sotto ${own.join(' ')}`)
      say(`library ${library.join(' ')}`)
      const sums = { own: sum(own), library: sum(library) }
      return {
        figures: [
          figure('evaluated tokens, Sotto / library', 'ratio', [sums.own / sums.library], {
            kind: 'at-most',
            value: 0.5,
          }),
          figure('evaluated over nine turns, Sotto', 'tokens', [sums.own]),
          figure('evaluated over nine turns, library', 'tokens', [sums.library]),
        ],
      }
    } finally {
      bare.close()
    }
  },
}

/** The chat service itself, its answers cut at the same length as the library's. */
async function ownPolicy(path: string, messages: readonly string[]): Promise<readonly number[]> {
  const { client, choose } = createEngineHarness()
  const model = await benchModel({ path, contextTokens })
  choose(ok(model))
  const storage = await openMemoryStorage()
  const chat = new ChatService({
    storage,
    generator: shortAnswers(client),
    documents: { get: async (id) => fail('not-found', { what: 'document', id }), allSegments: async () => ok([]) },
    prompts: new PromptLibrary([{ id: 'chat-system', version: '1', purpose: '', template: system, placeholders: [] }]),
    announce: () => undefined,
    logger: createFakeLogger(),
    now: () => new Date(),
    newId: randomUUID,
  })
  try {
    const created = await chat.create({ title: 'Bench' })
    if (!created.ok) throw new Error(created.failure.code)
    const evaluated: number[] = []
    for (const message of messages) evaluated.push(await evaluatedBy(chat, created.value.id, message))
    return evaluated
  } finally {
    await chat.close()
    await client.close()
    await storage.close()
  }
}

async function evaluatedBy(chat: ChatService, conversationId: string, message: string): Promise<number> {
  const items = chat.send({ conversationId, text: message, documentIds: [], overflow: 'leave-out-oldest' }, never)
  let evaluated = 0
  for (;;) {
    const step = await items.next()
    if (step.done !== true) {
      if (step.value.type === 'finished') evaluated = step.value.evaluatedTokens
    } else if (step.value.ok) return evaluated
    else throw new Error(step.value.failure.code)
  }
}

/** The engine with every answer as long as the library's. */
function shortAnswers(generator: LocalGenerator): LocalGenerator {
  return {
    load: (signal) => generator.load(signal),
    generate: (request, listener) => generator.generate({ ...request, maxTokens: answerTokens }, listener),
    preload: (conversationId, messages, signal) => generator.preload(conversationId, messages, signal),
    countTokens: (texts) => generator.countTokens(texts),
    countTurnTokens: (messages) => generator.countTurnTokens(messages),
    embed: (texts, signal) => generator.embed(texts, signal),
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
