// How a preset lays its sentences out.
import type { SummaryPreset } from '#contract/summary.ts'
import { assertNever } from '#contract/result.ts'
import type { Sentence } from '../../text/logic/sentences.ts'

/** Sentences of a paragraph of a detailed summary, about. */
const paragraphSentences = 4

/** The text of an extractive summary from the chosen sentences in reading order; empty when there are none. */
export function composeText(preset: SummaryPreset, chosen: readonly Sentence[]): string {
  switch (preset) {
    case 'brief':
    case 'own':
      return flowing(chosen)
    case 'detailed':
      return paragraphs(chosen).map(flowing).join('\n\n')
    case 'bullets':
    case 'actions':
      return chosen.map((sentence) => `- ${sentence.text}`).join('\n')
    default:
      return assertNever(preset)
  }
}

/** Sentences one after another; a heading or row without an end stands on a line of its own. */
function flowing(sentences: readonly Sentence[]): string {
  return sentences.reduce((text, sentence, at) => {
    if (at === 0) return sentence.text
    const ended = /[.!?…:;]["'”’»)\]]*$/.test(sentences[at - 1]?.text ?? '')
    return `${text}${ended ? ' ' : '\n'}${sentence.text}`
  }, '')
}

/** Even paragraphs, none of one sentence; a boundary moves by one to where a section of the document begins. */
function paragraphs(chosen: readonly Sentence[]): Sentence[][] {
  const count = Math.max(1, Math.round(chosen.length / paragraphSentences))
  const starts = Array.from({ length: count }, (_, at) => {
    const ideal = Math.round((at * chosen.length) / count)
    const opensSection = (place: number) => chosen[place - 1]?.heading !== chosen[place]?.heading
    return at === 0 ? 0 : ([ideal, ideal - 1, ideal + 1].find(opensSection) ?? ideal)
  })
  return starts.map((start, at) => chosen.slice(start, starts[at + 1]))
}
