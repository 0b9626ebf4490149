// Summaries, answers, comparisons and batches as one export: the part that is the same in every format.
import type { Batch } from '#contract/batch.ts'
import type { Change, ComparedDocument, Comparison } from '#contract/comparison.ts'
import type { DocumentRecord, Segment } from '#contract/document.ts'
import type { ExportedDocument, ExportedProvenance, ExportedSection, ExportFile } from '#contract/exportFile.ts'
import type { QuestionAnswer } from '#contract/question.ts'
import type { Provenance, Summary } from '#contract/summary.ts'
import { CitationList } from './citationList.ts'
import { blocksOf } from './statementBlocks.ts'
import { withVisibleMarks } from './visibleText.ts'

/** A document with its text. */
export type Read = { readonly document: DocumentRecord; readonly segments: readonly Segment[] }

/** What a result itself says; the service adds title, language, version and date. */
export type ResultContent = Omit<ExportFile, 'format' | 'version' | 'language' | 'appVersion' | 'exportedAt' | 'title'>

/** A summary with what was read when it was made. */
export function summaryContent(summary: Summary, { document, segments }: Read): ResultContent {
  const citations = new CitationList(new Map([[0, segments]]))
  return {
    kind: 'summary',
    preset: summary.preset,
    instruction: summary.instruction,
    documents: [documentOf(document, summary)],
    sections: [summarySection(summary, citations, 0, null)],
    citations: citations.citations,
    provenance: [provenanceOf(summary.provenance, 0)],
  }
}

/** An answer; its citations are the passages it was given from. */
export function answerContent(answer: QuestionAnswer, documents: readonly DocumentRecord[]): ResultContent {
  const cited = answer.passages.flatMap(({ documentId }) => documentId)
  const ids = [...new Set(cited)]
  const known = ids.map((id) => documents.find((document) => document.id === id))
  const citations = new CitationList(new Map())
  const numbers = new Map(
    answer.passages.map((passage) => [
      passage.number,
      citations.quote(ids.indexOf(passage.documentId), passage.locators, passage.text),
    ]),
  )
  const statements = answer.claims.map(({ text, supported, support, notes, passages }) => ({
    text,
    supported,
    ...(support === undefined ? {} : { support }),
    ...(notes === undefined ? {} : { notes }),
    citations: passages.flatMap((number) => numbers.get(number) ?? []),
  }))
  const { model, prompt, method, seed, createdAt } = answer.provenance
  return {
    kind: 'answer',
    preset: null,
    instruction: null,
    question: { text: answer.question, outcome: answer.outcome },
    documents: ids.map((id, at) => {
      const document = known[at]
      const name = answer.passages.find((passage) => passage.documentId === id)?.documentName ?? ''
      return document === undefined ? gone(name) : documentOf(document)
    }),
    sections: [section('answer', null, null, blocksOf(answer.text, statements))],
    citations: citations.citations,
    provenance: [{ document: null, model, prompt, method, mode: model === null ? null : answer.mode, seed, createdAt }],
  }
}

/** A comparison with all its changes. */
export function comparisonContent(comparison: Comparison, changes: readonly Change[]): ResultContent {
  const { before, after, method, createdAt } = comparison
  const provenance = { model: null, prompt: null, mode: null, seed: null, createdAt, document: null }
  return {
    kind: 'comparison',
    preset: null,
    instruction: null,
    documents: [comparedDocument(before), comparedDocument(after)],
    sections: [],
    citations: [],
    comparison,
    changes: changes.map(visibleChange),
    provenance: [{ ...provenance, method: `${method.id} ${method.version}` }],
  }
}

function visibleChange(change: Change): Change {
  const { before, after } = change
  return {
    ...change,
    before: before === null ? null : withVisibleMarks(before),
    after: after === null ? null : withVisibleMarks(after),
  }
}

/** A batch: its overview, then the summary of each document that is done. `reason` says in words why one is left out. */
export function batchContent(
  batch: Batch,
  parts: readonly (Read & { readonly summary: Summary })[],
  reason: (document: Batch['documents'][number]) => string | null,
): ResultContent {
  const citations = new CitationList(new Map(parts.map(({ segments }, at) => [at, segments])))
  const place = (documentId: string | null): number => parts.findIndex(({ document }) => document.id === documentId)
  const { overview } = batch
  const statements = (overview?.claims ?? []).map(({ documentId, ...claim }) => {
    const at = place(documentId)
    return citations.statement(at < 0 ? { ...claim, locators: [] } : claim, at)
  })
  const head = overview === null ? [] : [section('overview', null, null, blocksOf(overview.text, statements))]
  const done = parts.map(({ summary, document }, at) => summarySection(summary, citations, at, document.name))
  return {
    kind: 'batch',
    preset: batch.preset,
    instruction: batch.instruction,
    documents: parts.map(({ document, summary }) => documentOf(document, summary)),
    sections: [...head, ...done],
    citations: citations.citations,
    leftOut: batch.documents
      .filter(({ summaryId }) => summaryId === null)
      .map((document) => ({ name: document.name, reason: reason(document) })),
    provenance: [
      ...(overview === null ? [] : [provenanceOf(overview.provenance, null)]),
      ...parts.map(({ summary }, at) => provenanceOf(summary.provenance, at)),
    ],
  }
}

function summarySection(
  summary: Summary,
  citations: CitationList,
  document: number,
  heading: string | null,
): ExportedSection {
  const statements = summary.claims.map((claim) => citations.statement(claim, document))
  return {
    ...section('summary', heading, document, blocksOf(summary.text, statements)),
    contradictions: summary.contradictions ?? [],
    dropped: summary.droppedSentences,
  }
}

function section(
  kind: ExportedSection['kind'],
  heading: string | null,
  document: number | null,
  blocks: ExportedSection['blocks'],
): ExportedSection {
  return { kind, heading, document, blocks, contradictions: [], dropped: 0 }
}

function documentOf({ name, title, sha256, format, coverage }: DocumentRecord, summary?: Summary): ExportedDocument {
  const made = summary?.provenance.documentSha256 ?? sha256
  return { name, title, sha256: made, format, coverage: summary?.coverage ?? coverage }
}

function comparedDocument({ name, title, sha256, format, coverage }: ComparedDocument): ExportedDocument {
  return { name, title, sha256, format, coverage }
}

function gone(name: string): ExportedDocument {
  return { name, title: null, sha256: null, format: null, coverage: null }
}

function provenanceOf(provenance: Provenance, document: number | null): ExportedProvenance {
  const { model, prompt, mode, seed, createdAt, cloud } = provenance
  return { document, model, prompt, method: null, mode, seed, createdAt, ...(cloud === undefined ? {} : { cloud }) }
}
