// How sentences are written down for the model.
import type { Sentence } from '../../text/logic/sentences.ts'

/** Sentences as one paragraph; one without an end (heading, list item) is followed by a line break so that it stays apart. */
export function asParagraph(sentences: readonly Sentence[]): string {
  return sentences
    .map(({ text }) => text + (/[.!?…]["'”’»)\]]*$/.test(text) ? ' ' : '\n'))
    .join('')
    .trim()
}

/** Sentences in reading order with the paragraphs, headings, lists and rows of their document. */
export function asDocument(sentences: readonly Sentence[]): string {
  return sentences.map((sentence, at) => separator(sentences[at - 1], sentence) + sentence.text).join('')
}

function separator(before: Sentence | undefined, sentence: Sentence): string {
  if (before === undefined) return ''
  const listed = sentence.kind === 'row' || sentence.kind === 'code' || sentence.kind === 'list-item'
  if (listed && before.kind === sentence.kind)
    return sentence.kind === 'list-item' && !sentence.opensParagraph ? ' ' : '\n'
  return sentence.opensParagraph || before.kind === 'heading' ? '\n\n' : ' '
}
