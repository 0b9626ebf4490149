// One document out of many finished summaries: every claim a paragraph whose place leads back to where it came from.
import type { OverviewClaim } from '#contract/batch.ts'
import type { DocumentRecord, Locator, Segment } from '#contract/document.ts'
import type { Claim, Summary } from '#contract/summary.ts'
import { scoreSentences } from '../../text/logic/centrality.ts'
import { bestFirst } from '../../text/logic/diversity.ts'
import { splitSentences } from '../../text/logic/sentences.ts'
import { countWords } from '../../text/logic/wordStatistics.ts'

/** A finished summary and the name of what it is of. */
export type Finished = { readonly name: string; readonly summary: Summary }

/** A claim and the document it is about. */
export type Source = { readonly documentId: string; readonly claim: Claim }

/** Claims an overview takes of all documents together, and of one at least and at most. */
const claimsOfAll = 24
const fewestOfOne = 1
const mostOfOne = 5

/** Segments for the summarizing of summaries; line `n` stands for `sources[n - 1]`, headings have the line after them. */
export function overviewSegments(finished: readonly Finished[]): {
  readonly segments: readonly Segment[]
  readonly sources: readonly Source[]
} {
  const segments: Segment[] = []
  const sources: Source[] = []
  for (const { name, summary } of finished) {
    if (summary.claims.length > 0) segments.push({ kind: 'heading', text: name, locator: lineOf(sources.length + 1) })
    for (const claim of summary.claims) {
      sources.push({ documentId: summary.documentId, claim })
      segments.push({ kind: 'paragraph', text: claim.text, locator: lineOf(sources.length) })
    }
  }
  return { segments, sources }
}

/** The record of that document, as the pipeline wants one. */
export function overviewRecord(id: string, segments: readonly Segment[], at: string): DocumentRecord {
  const lines = segments.filter(({ kind }) => kind !== 'heading').length
  return {
    id,
    name: '',
    path: '',
    sha256: '',
    format: 'text',
    bytes: 0,
    characters: segments.reduce((sum, { text }) => sum + text.length, 0),
    segments: segments.length,
    title: null,
    coverage: { unit: 'line', total: lines, read: lines, withoutText: [] },
    addedAt: at,
    openedAt: at,
  }
}

/** Statements about those lines as statements about the documents they stand for; one that rests on none says so. */
export function tracedClaims(claims: readonly Claim[], sources: readonly Source[]): OverviewClaim[] {
  return claims.map((claim) => {
    const found = claim.locators.flatMap((locator) =>
      locator.kind === 'lines' ? (sources[locator.from - 1] ?? []) : [],
    )
    const [first] = found
    const locators = found
      .filter(({ documentId }) => documentId === first?.documentId)
      .flatMap((one) => one.claim.locators)
    return { ...claim, documentId: first?.documentId ?? null, locators }
  })
}

/**
 * The best claims of every document, in the documents' order: the most central among all claims, without saying a thing
 * twice, at least one of each document. No model is asked.
 */
export function bestClaims(finished: readonly Finished[]): OverviewClaim[] {
  const all = finished.flatMap(({ summary }) =>
    summary.claims.map((claim) => ({ documentId: summary.documentId, claim })),
  )
  const sentences = splitSentences(all.map(({ claim }, at) => ({ text: claim.text, locator: lineOf(at + 1) })))
  const statistics = countWords(sentences)
  const scores = scoreSentences(sentences, statistics)
  const order = bestFirst([...sentences.keys()], scores, statistics, claimsOfAll).map((index) =>
    claimAt(sentences[index]?.locators),
  )
  const ranked = [...new Set(order)]
  const most = Math.max(fewestOfOne, Math.min(mostOfOne, Math.floor(claimsOfAll / Math.max(1, finished.length))))
  return finished.flatMap(({ summary: { documentId } }) => {
    const own = ranked.filter((at) => all[at]?.documentId === documentId).slice(0, most)
    return own
      .toSorted((a, b) => a - b)
      .flatMap((at) => {
        const claim = all[at]?.claim
        return claim === undefined ? [] : [{ ...claim, documentId }]
      })
  })
}

/** The text of an overview whose claims stand under their document's name. */
export function textByDocument(finished: readonly Finished[], claims: readonly OverviewClaim[]): string {
  const paragraphs = finished.map(({ name, summary }) => {
    const own = claims.filter(({ documentId }) => documentId === summary.documentId)
    return own.length === 0 ? '' : `${name}\n${own.map(({ text }) => text).join(' ')}`
  })
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')
}

function lineOf(line: number): Locator {
  return { kind: 'lines', from: line, to: line }
}

function claimAt(locators: readonly Locator[] | undefined): number {
  const [locator] = locators ?? []
  return locator?.kind === 'lines' ? locator.from - 1 : 0
}
