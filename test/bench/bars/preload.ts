// A message read while it was being typed, against one that is read when it is sent.
import type { Bar } from '../bar.ts'
import { ensureBenchModel } from '../model/benchModel.ts'
import { text } from '../model/vocabulary.ts'
import { figure, ratio } from '../logic/statistics.ts'
import { afterTokens, firstText, loadModel, newConversation, openAppWindow, send } from '../rig/appWindow.ts'
import { interleaved } from '../rig/interleaved.ts'

const messageTokens = 1600

/** Marked at 0.03 of a full prefill. */
export const bar: Bar = {
  title: 'Message read while typing',
  how: 'A message of 1,600 words sent after `chat.preload` of the same text, and one sent without; time to the first text.',
  async run({ rounds, say }) {
    const window = await openAppWindow({}, await ensureBenchModel())
    try {
      await loadModel(window)
      const measure = async (seed: number, preload: boolean): Promise<number> => {
        const conversationId = await newConversation(window)
        const message = text(messageTokens, seed)
        if (preload) {
          const read = await window.client.call('chat.preload', { conversationId, text: message })
          if (!read.ok) throw new Error(read.failure.code)
        }
        return firstText(await send(window, conversationId, message, afterTokens(2)))
      }
      const seen = await interleaved(rounds, {
        preloaded: (round) => measure(round + 1, true),
        full: (round) => measure(round + 2001, false),
      })
      for (const { preloaded, full } of seen) say(`preloaded ${preloaded.toFixed(0)} ms, without ${full.toFixed(0)} ms`)
      return {
        figures: [
          ratio('preloaded / full prefill', seen, ['preloaded', 'full'], { kind: 'at-most', value: 0.03 }),
          figure(
            'first text, preloaded',
            'ms',
            seen.map(({ preloaded }) => preloaded),
          ),
        ],
      }
    } finally {
      await window.close()
    }
  },
}
