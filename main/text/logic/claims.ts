// The sentences of a summary with their sources.
import type { Locator } from '#contract/document.ts'
import type { Claim } from '#contract/summary.ts'
import { align, type Alignment } from './alignment.ts'
import type { Sentence } from './sentences.ts'
import type { SourceIndex } from './sourceIndex.ts'

/** A source sentence a copying model chose, and how well what it wrote aligned to it. */
export type Chosen = { readonly index: number; readonly score: number }

/** Claims of an extractive summary: the source sentences themselves. */
export function claimsOfChosen(sentences: readonly Sentence[], chosen: readonly Chosen[]): Claim[] {
  return chosen.flatMap(({ index, score }) => {
    const sentence = sentences[index]
    if (sentence === undefined) return []
    const { text, locators } = sentence
    return [
      {
        text,
        locators: [...locators],
        supported: true,
        score: rounded(score),
        support: 'verbatim' as const,
        notes: [],
      },
    ]
  })
}

/** Below this score a source is too unlike the statement to be worth showing. */
const worthShowing = 0.3

/** Claims of a free summary: each statement with its best source sentences; what they do not carry is unsupported. */
export function claimsOfText(
  sentences: readonly Sentence[],
  index: SourceIndex,
  statements: readonly string[],
): Claim[] {
  return statements.map((text) => claimOf(text, sentences, align(index, text)))
}

/** A statement as the claim its alignment makes of it; positions are those of `sentences`. */
export function claimOf(text: string, sentences: readonly Sentence[], alignment: Alignment): Claim {
  const { positions, score, supported, support, notes } = alignment
  const locators: Locator[] = positions.flatMap((position) => sentences[position]?.locators ?? [])
  const shown = score >= worthShowing || support !== 'none' ? locators : []
  return { text, locators: shown, supported, score: rounded(score), support, notes: [...notes] }
}

function rounded(score: number): number {
  return Math.round(Math.min(1, Math.max(0, score)) * 1000) / 1000
}
