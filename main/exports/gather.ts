// Fetches a result and the documents it rests on from their rooms, and names it.
import type { Batch } from '#contract/batch.ts'
import type { Change, Comparison } from '#contract/comparison.ts'
import type { DocumentRecord } from '#contract/document.ts'
import type { ExportSubject } from '#contract/export.ts'
import type { QuestionAnswer } from '#contract/question.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import type { Summary } from '#contract/summary.ts'
import type { DocumentService } from '../documents/documentService.ts'
import type { ExportWords } from './exportWords.ts'
import {
  answerContent,
  batchContent,
  comparisonContent,
  summaryContent,
  type Read,
  type ResultContent,
} from './logic/resultContent.ts'

/** The rooms results come from, as far as exports use them. */
export type GatherNeeds = {
  readonly documents: Pick<DocumentService, 'get' | 'list' | 'allSegments'>
  readonly summaries: { list(documentId: string): Promise<Result<readonly Summary[]>> }
  readonly questions: { answer(answerId: string): Promise<Result<QuestionAnswer>> }
  readonly comparisons: {
    get(comparisonId: string): Promise<Result<Comparison>>
    changes(comparisonId: string, from: number, count: number): Promise<Result<readonly Change[]>>
  }
  readonly batches: { get(jobId: string): Promise<Result<Batch>> }
}

/** A result with its title. */
export type Gathered = { readonly title: string; readonly content: ResultContent }

/** Changes fetched at a time. */
const changesAtOnce = 500
const longestQuestion = 90

/** Failures: `not-found`, those of the rooms. */
export function gather(what: ExportSubject, needs: GatherNeeds, words: ExportWords): Promise<Result<Gathered>> {
  switch (what.kind) {
    case 'summary':
      return gatherSummary(what, needs, words)
    case 'answer':
      return gatherAnswer(what.answerId, needs, words)
    case 'comparison':
      return gatherComparison(what.comparisonId, needs, words)
    case 'batch':
      return gatherBatch(what.jobId, needs, words)
  }
}

type SummarySubject = Extract<ExportSubject, { kind: 'summary' }>

async function gatherSummary(
  { documentId, summaryId }: SummarySubject,
  needs: GatherNeeds,
  { say }: ExportWords,
): Promise<Result<Gathered>> {
  const found = await readSummary(documentId, summaryId, needs)
  if (!found.ok) return found
  const { summary, document } = found.value
  const title = say(`export.title.${summary.preset}`, { name: nameOf(document) })
  return ok({ title, content: summaryContent(summary, found.value) })
}

async function gatherAnswer(answerId: string, needs: GatherNeeds, { say }: ExportWords): Promise<Result<Gathered>> {
  const answer = await needs.questions.answer(answerId)
  if (!answer.ok) return answer
  const documents = await Promise.all(
    [...new Set(answer.value.passages.map(({ documentId }) => documentId))].map((id) => needs.documents.get(id)),
  )
  // A document forgotten since is named by the passages that were kept.
  const known = documents.flatMap((document) => (document.ok ? [document.value] : []))
  const title = say('export.title.answer', { question: shortened(answer.value.question) })
  return ok({ title, content: answerContent(answer.value, known) })
}

async function gatherComparison(
  comparisonId: string,
  needs: GatherNeeds,
  { say }: ExportWords,
): Promise<Result<Gathered>> {
  const comparison = await needs.comparisons.get(comparisonId)
  if (!comparison.ok) return comparison
  const changes: Change[] = []
  for (;;) {
    const page = await needs.comparisons.changes(comparisonId, changes.length, changesAtOnce)
    if (!page.ok) return page
    changes.push(...page.value)
    if (page.value.length < changesAtOnce) break
  }
  const { before, after } = comparison.value
  const title = say('export.title.comparison', { before: before.name, after: after.name })
  return ok({ title, content: comparisonContent(comparison.value, changes) })
}

async function gatherBatch(jobId: string, needs: GatherNeeds, words: ExportWords): Promise<Result<Gathered>> {
  const batch = await needs.batches.get(jobId)
  if (!batch.ok) return batch
  const parts: (Read & { readonly summary: Summary })[] = []
  for (const { documentId, summaryId } of batch.value.documents) {
    if (documentId === null || summaryId === null) continue
    const part = await readSummary(documentId, summaryId, needs)
    if (part.ok) parts.push(part.value)
    else if (part.failure.code !== 'not-found') return part
  }
  const title = words.say('export.title.batch', { count: parts.length })
  const reason = ({ failure }: Batch['documents'][number]) => (failure === null ? null : words.failure(failure))
  return ok({ title, content: batchContent(batch.value, parts, reason) })
}

async function readSummary(
  documentId: string,
  summaryId: string,
  { documents, summaries }: GatherNeeds,
): Promise<Result<Read & { readonly summary: Summary }>> {
  const document = await documents.get(documentId)
  if (!document.ok) return document
  const listed = await summaries.list(documentId)
  if (!listed.ok) return listed
  const summary = listed.value.find(({ id }) => id === summaryId)
  if (summary === undefined) return fail('not-found', { what: 'summary', id: summaryId })
  const segments = await documents.allSegments(documentId)
  return segments.ok ? ok({ summary, document: document.value, segments: segments.value }) : segments
}

function nameOf({ title, name }: DocumentRecord): string {
  return title ?? name
}

function shortened(text: string): string {
  const characters = [...text]
  return characters.length <= longestQuestion ? text : `${characters.slice(0, longestQuestion).join('')}…`
}
