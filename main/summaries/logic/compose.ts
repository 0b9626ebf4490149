// How a preset lays its sentences out.
import type { SummaryPreset } from '#contract/summary.ts'
import { assertNever } from '#contract/result.ts'
import type { Sentence } from './sentences.ts'

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

/** Paragraphs of three to five; a new section of the document opens a new one where that leaves none alone. */
function paragraphs(chosen: readonly Sentence[]): Sentence[][] {
  const groups: Sentence[][] = []
  chosen.forEach((sentence, at) => {
    const last = groups.at(-1)
    const left = chosen.length - at
    const section = last?.at(-1)?.heading !== sentence.heading
    const full = last !== undefined && (last.length >= paragraphSentences + 1 || (last.length >= 3 && section))
    if (last === undefined || (full && left >= 2) || (last.length >= paragraphSentences && left >= 3))
      groups.push([sentence])
    else last.push(sentence)
  })
  return groups
}
