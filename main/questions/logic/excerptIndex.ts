// What is searched through, as sentences that know their words, their neighbours and the heading they stand under.
import type { Segment } from '#contract/document.ts'
import { sentencesInSteps, type Sentence } from '../../text/logic/sentences.ts'
import { mapInSteps, type StepCount, type Steps } from '../../text/logic/steps.ts'
import { keysOf } from './foldedWords.ts'

/** A run of segments of one document: all of it, or the surroundings of something found. */
export type Excerpt = {
  readonly documentId: string
  readonly documentName: string
  readonly title: string | null
  /** Position in the document of the first segment. */
  readonly position: number
  readonly segments: readonly Segment[]
}

/** A sentence ready to be compared. `heading` holds the keys of the headings it stands under. */
export type Line = {
  readonly excerpt: number
  readonly sentence: Sentence
  readonly segment: number
  readonly keys: readonly string[]
  readonly heading: ReadonlySet<string>
}

/** Lines of all excerpts in order, and per key the lines it stands in, ascending. `names` are keys of name and title. */
export type ExcerptIndex = {
  readonly excerpts: readonly Excerpt[]
  readonly lines: readonly Line[]
  readonly postings: ReadonlyMap<string, readonly number[]>
  readonly names: readonly ReadonlySet<string>[]
}

/** Sentences indexed between two steps. */
const stride = 32

/** Splits and indexes, in steps; linear in the length of the texts. */
export function* indexExcerpts(excerpts: readonly Excerpt[]): Steps<StepCount, ExcerptIndex> {
  const lines: Line[] = []
  const postings = new Map<string, number[]>()
  for (const [at, excerpt] of excerpts.entries()) {
    const sentences = yield* sentencesInSteps(excerpt.segments)
    yield* mapInSteps(sentences, stride, (sentence) => {
      const keys = keysOf(sentence.text)
      for (const key of new Set(keys)) {
        const places = postings.get(key)
        if (places === undefined) postings.set(key, [lines.length])
        else places.push(lines.length)
      }
      const segment = sentence.spans[0]?.segment ?? 0
      lines.push({ excerpt: at, sentence, segment, keys, heading: headingKeys(excerpt.segments, sentences, sentence) })
    })
  }
  const names = excerpts.map(
    ({ documentName, title }) => new Set(keysOf(`${title ?? ''} ${documentName.replace(/[._-]/g, ' ')}`)),
  )
  return { excerpts, lines, postings, names }
}

/** Headings above, and for a row of a table its first row, which names the columns. */
function headingKeys(
  segments: readonly Segment[],
  sentences: readonly Sentence[],
  { heading, locators, kind, spans }: Sentence,
): ReadonlySet<string> {
  const columns = kind === 'row' ? (segments[spans[0]?.segment ?? 0]?.text.split('\n')[0] ?? '') : ''
  const [place] = locators
  const path = place?.kind === 'section' ? place.path.join(' ') : place?.kind === 'cells' ? place.sheet : ''
  return new Set(keysOf(`${heading === null ? '' : (sentences[heading]?.text ?? '')} ${path} ${columns}`))
}
