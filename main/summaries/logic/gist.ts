// What a document is about, at once and without a model.
import type { GistSentence } from '#contract/summary.ts'
import { scoreSentences } from '../../text/logic/centrality.ts'
import { bestFirst } from '../../text/logic/diversity.ts'
import type { Sentence } from '../../text/logic/sentences.ts'
import { countWords } from '../../text/logic/wordStatistics.ts'

/** The `count` most central, mutually different sentences in reading order; fewer when the document has fewer. */
export function gistOf(sentences: readonly Sentence[], count: number): GistSentence[] {
  const statistics = countWords(sentences)
  const scores = scoreSentences(sentences, statistics)
  const worthwhile = sentences.filter((each) => (scores[each.index] ?? 0) > 0).map((each) => each.index)
  return bestFirst(worthwhile, scores, statistics, count)
    .slice(0, count)
    .sort((a, b) => a - b)
    .flatMap((index) => {
      const sentence = sentences[index]
      if (sentence === undefined) return []
      return [{ text: sentence.text, locators: [...sentence.locators], score: scores[index] ?? 0 }]
    })
}
