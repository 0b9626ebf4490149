// The second message of a long conversation: only what is new may be read.
import type { Bar } from '../bar.ts'
import { ensureBenchModel } from '../model/benchModel.ts'
import { text } from '../model/vocabulary.ts'
import { figure, ratio } from '../logic/statistics.ts'
import {
  type AppWindow,
  afterTokens,
  firstText,
  loadModel,
  newConversation,
  openAppWindow,
  send,
} from '../rig/appWindow.ts'

const historyTokens = 1600
const questionTokens = 12

type Seen = Readonly<Record<'full' | 'second' | 'fullTokens' | 'surplus', number>>

/** Marked at 0.08 of a full prefill, and at 32 tokens beside the new message. */
export const bar: Bar = {
  title: 'Second turn',
  how:
    'A message of 1,600 words into an empty conversation, then one of 12 into the same; time from sending to the first ' +
    'text. The texts differ from round to round, so that the first is always read in full.',
  async run({ rounds, say }) {
    const window = await openAppWindow({}, await ensureBenchModel())
    try {
      await loadModel(window)
      const seen: Seen[] = []
      for (let round = 0; round < rounds; round++) {
        const values = await twoTurns(window, round)
        seen.push(values)
        say(
          `first ${values.full.toFixed(0)} ms, second ${values.second.toFixed(0)} ms, ` +
            `${values.surplus} tokens beside the new message`,
        )
      }
      const all = (name: keyof Seen) => seen.map((round) => round[name])
      return {
        figures: [
          ratio('second turn / full prefill', seen, ['second', 'full'], { kind: 'at-most', value: 0.08 }),
          figure('evaluated beside the new message', 'tokens', all('surplus'), { kind: 'at-most', value: 32 }),
          figure('first text, second turn', 'ms', all('second')),
          figure('first text, full prefill', 'ms', all('full')),
          figure('tokens of the full prefill', 'tokens', all('fullTokens')),
        ],
      }
    } finally {
      await window.close()
    }
  },
}

async function twoTurns(window: AppWindow, round: number): Promise<Seen> {
  const conversationId = await newConversation(window)
  const first = await send(window, conversationId, text(historyTokens, round + 1), afterTokens(8))
  const question = text(questionTokens, round + 1001)
  const newTokens = await tokensOf(window, conversationId, question)
  const second = await send(window, conversationId, question, afterTokens(2))
  return {
    full: firstText(first),
    second: firstText(second),
    fullTokens: first.evaluatedTokens,
    surplus: second.evaluatedTokens - newTokens,
  }
}

async function tokensOf({ client }: AppWindow, conversationId: string, text: string): Promise<number> {
  const budget = await client.call('chat.budget', { conversationId, text })
  if (!budget.ok) throw new Error(budget.failure.code)
  return budget.value.draftTokens
}
