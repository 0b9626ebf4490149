// What two documents themselves say about their words: defined terms, and which words are names.
import { capitalisesNouns } from '../../text/logic/names.ts'
import { stopWords } from '../../text/logic/stopWords.ts'
import { mapInSteps, type StepCount, type Steps } from '../../text/logic/steps.ts'
import type { Passage } from './passages.ts'

/** Comparable words of defined terms, and of names; `nounsAreCapital` where capitals make no names (German). */
export type Vocabulary = {
  readonly terms: ReadonlySet<string>
  readonly names: ReadonlySet<string>
  readonly nounsAreCapital: boolean
}

const quoted = /["'“„«‘‚]([\p{Lu}][^"'“”„«»‘’]{1,60})["'”“»’‘]/gu
const defining =
  /(?:means|shall mean|has the meaning|bedeutet|bezeichnet|nachfolgend|im folgenden|hereinafter|\(the|\(each|\(„|\(“|\(")/iu

/** Passages read between two steps. */
const stride = 64

/** Reads both documents, in steps. A name is a word that stands with a capital inside sentences and hardly ever without. */
export function* vocabularyOf(passages: readonly Passage[]): Steps<StepCount, Vocabulary> {
  const terms = new Set<string>()
  const capital = new Map<string, number>()
  const small = new Map<string, number>()
  yield* mapInSteps(passages, stride, (passage) => {
    if (defining.test(passage.text)) for (const word of termsIn(passage)) terms.add(word)
    if (passage.heading) return
    passage.tokens.forEach(({ raw, word }, at) => {
      if (/^\p{Ll}/u.test(raw)) small.set(word, (small.get(word) ?? 0) + 1)
      else if (at > 0 && /^\p{Lu}/u.test(raw)) capital.set(word, (capital.get(word) ?? 0) + 1)
    })
  })
  const nounsAreCapital = capitalisesNouns(passages.slice(0, 400).map(({ text }) => text))
  const names = [...capital].filter(
    ([word, count]) => !stopWords.has(word) && word.length > 1 && (small.get(word) ?? 0) * 4 <= count,
  )
  return { terms, names: new Set(nounsAreCapital ? [] : names.map(([word]) => word)), nounsAreCapital }
}

function termsIn({ text }: Passage): string[] {
  return [...text.matchAll(quoted)].flatMap(([, term = '']) =>
    (term.toLowerCase().match(/[\p{L}\p{M}]{3,}/gu) ?? []).filter((word) => !stopWords.has(word)),
  )
}
