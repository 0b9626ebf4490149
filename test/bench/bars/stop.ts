// Stop, from the press to the answer's end, while a prompt is read and while text is written.
import type { Bar } from '../bar.ts'
import { ensureBenchModel } from '../model/benchModel.ts'
import { text } from '../model/vocabulary.ts'
import { figure, rateAfterFirst, ratio } from '../logic/statistics.ts'
import {
  type AppWindow,
  afterTokens,
  loadModel,
  newConversation,
  openAppWindow,
  send,
  type SeenAnswer,
} from '../rig/appWindow.ts'

const sliceTokens = 128
const promptTokens = 1200

type Seen = Readonly<Record<'reading' | 'slice' | 'writing' | 'token', number>>

/** Marked at one slice and a half while reading, at three tokens while writing. */
export const bar: Bar = {
  title: 'Stop',
  how:
    'Stop pressed the moment the third slice of 128 tokens of a long prompt is reported, so that the next has just begun; ' +
    'and after 16 tokens of an answer. Held against the time of a slice and of a token in the same round.',
  async run({ rounds, say }) {
    const window = await openAppWindow({}, await ensureBenchModel())
    try {
      await loadModel(window)
      const seen: Seen[] = []
      for (let round = 0; round < rounds; round++) {
        const values = { ...(await whileReading(window, round)), ...(await whileWriting(window, round)) }
        seen.push(values)
        say(
          Object.entries(values)
            .map(([name, value]) => `${name} ${value.toFixed(0)} ms`)
            .join(', '),
        )
      }
      const all = (name: keyof Seen) => seen.map((round) => round[name])
      return {
        figures: [
          ratio('Stop while reading / one slice', seen, ['reading', 'slice'], { kind: 'at-most', value: 1.5 }),
          ratio('Stop while writing / one token', seen, ['writing', 'token'], { kind: 'at-most', value: 3 }),
          figure('Stop while reading', 'ms', all('reading')),
          figure('Stop while writing', 'ms', all('writing')),
          figure('one slice', 'ms', all('slice')),
        ],
      }
    } finally {
      await window.close()
    }
  },
}

async function whileReading(window: AppWindow, round: number): Promise<Pick<Seen, 'reading' | 'slice'>> {
  const conversationId = await newConversation(window)
  const answer = await send(window, conversationId, text(promptTokens, round + 1), ({ readings }) =>
    readings.some(({ evaluatedTokens }) => evaluatedTokens >= 3 * sliceTokens),
  )
  return { reading: stopTime(answer), slice: sliceTime(answer) }
}

async function whileWriting(window: AppWindow, round: number): Promise<Pick<Seen, 'writing' | 'token'>> {
  const conversationId = await newConversation(window)
  const answer = await send(window, conversationId, text(20, round + 501), afterTokens(16))
  return { writing: stopTime(answer), token: 1000 / (rateAfterFirst(answer.pieces) ?? Number.NaN) }
}

function stopTime({ stop }: SeenAnswer): number {
  return stop === null ? Number.NaN : stop.ended - stop.pressed
}

/** Between the first report of progress and the last before the press. */
function sliceTime({ readings, stop }: SeenAnswer): number {
  const before = readings.filter(({ at, evaluatedTokens }) => evaluatedTokens > 0 && at <= (stop?.pressed ?? 0))
  const [first, last] = [before[0], before.at(-1)]
  if (first === undefined || last === undefined) return Number.NaN
  return ((last.at - first.at) * sliceTokens) / (last.evaluatedTokens - first.evaluatedTokens)
}
