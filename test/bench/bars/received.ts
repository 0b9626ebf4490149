// Tokens per second as a window receives them, against the engine's bare loop.
import type { Bar } from '../bar.ts'
import { ensureBenchModel } from '../model/benchModel.ts'
import { text } from '../model/vocabulary.ts'
import { figure, rateAfterFirst, ratio } from '../logic/statistics.ts'
import { afterTokens, loadModel, newConversation, openAppWindow, send } from '../rig/appWindow.ts'
import { interleaved } from '../rig/interleaved.ts'
import { startBare } from '../rig/startBare.ts'

/** The app's own opening makes up the difference: both write at the same depth. */
const words = { app: 64, bare: 300 } as const
const answerTokens = 128

/** Marked at 0.95 of the bare loop. */
export const bar: Bar = {
  title: 'Tokens per second, received by a window',
  how:
    'The app answers a message of 64 words; a client on the loopback WebSocket counts the tokens that arrive after the ' +
    'first, over the time since it. Beside it the library alone in a loop: same file, same threads, same depth, same length.',
  async run({ rounds, say }) {
    const path = await ensureBenchModel()
    const bare = await startBare(path, 1024)
    const window = await openAppWindow({}, path)
    try {
      await loadModel(window)
      const received = async (round: number): Promise<number> => {
        const conversationId = await newConversation(window)
        const stop = afterTokens(answerTokens)
        const answer = await send(window, conversationId, text(words.app, round + 1), stop)
        return rateAfterFirst(answer.pieces) ?? Number.NaN
      }
      await received(99)
      const seen = await interleaved(rounds, {
        received,
        bare: (round) => bare.write(text(words.bare, round + 1), answerTokens),
      })
      for (const round of seen) say(`received ${round.received.toFixed(1)}, bare ${round.bare.toFixed(1)} tokens/s`)
      const all = (name: 'received' | 'bare') => seen.map((round) => round[name])
      return {
        figures: [
          ratio('received / bare', seen, ['received', 'bare'], { kind: 'at-least', value: 0.95 }),
          figure('received by a window', 'tokens/s', all('received')),
          figure('bare loop', 'tokens/s', all('bare')),
        ],
      }
    } finally {
      bare.close()
      await window.close()
    }
  },
}
