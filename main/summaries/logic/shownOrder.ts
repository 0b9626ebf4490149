// In which order a copying model is shown sentences: what stands in front is what it copies.
import { scoreSentences } from '../../text/logic/centrality.ts'
import { bestFirst } from '../../text/logic/diversity.ts'
import { focusScores } from '../../text/logic/focus.ts'
import type { Sentence } from '../../text/logic/sentences.ts'
import { countWords } from '../../text/logic/wordStatistics.ts'

/**
 * The sentences, best first. What is best follows from these sentences and `instruction` alone: the same ones are shown
 * in the same order whatever else the document says, so a change elsewhere asks the model nothing new.
 */
export function shownOrder(sentences: readonly Sentence[], instruction: string | null): Sentence[] {
  const shown = sentences.map((sentence, index) => ({ ...sentence, index }))
  const statistics = countWords(shown)
  const central = scoreSentences(shown, statistics)
  const scores = instruction === null ? central : focusScores(instruction, central, statistics)
  const order = bestFirst([...shown.keys()], scores, statistics)
  return order.flatMap((index) => sentences[index] ?? [])
}
