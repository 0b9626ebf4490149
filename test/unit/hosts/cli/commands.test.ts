// The other commands over faked handlers: what they print for people, what for programs, how they fail.
import { describe, expect, test } from 'vitest'
import type { Segment } from '#contract/document.ts'
import type { QuestionAnswer, QuestionItem } from '#contract/question.ts'
import { fail, ok, type Stream } from '#contract/result.ts'
import type { Handlers } from '../../../../main/rpc/handler.ts'
import { runFakeCli } from './fakeCli.ts'
import { adding, at, document, page, starter, summary } from './samples.ts'

describe('extract', () => {
  const segments: Segment[] = [
    { text: 'First.', locator: page(1), kind: 'paragraph' },
    { text: 'Second.', locator: page(1) },
    { text: 'Third.', locator: { ...page(2), label: 'ii' } },
  ]
  const handlers: Partial<Handlers> = {
    'documents.extract': async function* ({ path }) {
      if (path === '/somewhere/bad.pdf') return fail('document-corrupt', { name: 'bad.pdf' })
      yield { type: 'opened', name: 'report.pdf', sha256: 'abc', format: 'pdf', bytes: 10 }
      yield { type: 'segments', segments: segments.slice(0, 2) }
      yield { type: 'segments', segments: segments.slice(2) }
      yield { type: 'finished', reason: 'complete', coverage: document.coverage }
      return ok(undefined)
    },
  }

  test('one line per file, the failed one too, and the others all the same', async () => {
    const run = await runFakeCli(['extract', 'bad.pdf', 'report.pdf', '--json'], { handlers })
    const lines = run.output.trim().split('\n')
    expect(run.code).toBe(1)
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      {
        document: { name: 'bad.pdf', sha256: null, format: null },
        segments: [],
        failure: {
          code: 'document-corrupt',
          message: '“bad.pdf” is damaged and cannot be read.',
          nextStep: expect.stringContaining('save it anew') as string, // as: vitest types matchers as any
        },
      },
      {
        document: { name: 'report.pdf', sha256: 'abc', format: 'pdf' },
        segments: segments.map(({ text, locator }) => ({ text, locator })),
      },
    ])
  })

  test('for people: places where they change', async () => {
    const run = await runFakeCli(['extract', 'report.pdf'], { handlers })
    expect(run.code).toBe(0)
    expect(run.output).toBe(`report.pdf · pdf

[p. 1]
First.

Second.

[p. ii]
Third.

Read: all 6 pages. Without text: pages 4–5.

`)
  })
})

describe('ask', () => {
  const asking: Partial<Handlers> = {
    ...adding,
    'models.load': async () =>
      ok({
        state: 'ready',
        modelId: 'm1',
        gpu: 'cpu',
        gpuName: null,
        gpuLayers: 0,
        totalLayers: 1,
        threads: 1,
        contextTokens: 2048,
        mapSequences: 1,
        mapSequencesMeasured: false,
        fallback: null,
      }),
    'models.list': async () => ok([starter]),
    'chat.create': async () => ok({ id: 'c1', title: '', titledBy: 'start', createdAt: at, updatedAt: at }),
    'chat.send': async function* ({ documentIds, text }) {
      yield { type: 'accepted', personMessageId: 'p', answerMessageId: 'a' }
      yield { type: 'text', text: `${text} ` }
      yield { type: 'text', text: documentIds.join() }
      yield {
        type: 'finished',
        reason: 'complete',
        evaluatedTokens: 1,
        generatedTokens: 2,
        leftOutMessages: 0,
      } as never // as: a finished item may carry more by now
      return ok(undefined)
    },
    'chat.messages': async () =>
      ok([
        {
          id: 'a',
          conversationId: 'c1',
          parentId: null,
          role: 'assistant',
          text: 'Why? d1',
          state: 'complete',
          failure: null,
          documentIds: [],
          provenance: summary.provenance,
          branch: { index: 0, count: 1 },
          siblingIds: ['a'],
          createdAt: at,
        } as never, // as: a message may carry more by now
      ]),
  }

  const rain: QuestionAnswer = {
    id: 'a1',
    threadId: 't1',
    scope: { documentId: 'd1' },
    question: 'How much rain?',
    lookedFor: ['rain'],
    carried: [],
    missing: [],
    outcome: 'passages',
    absentBecause: null,
    mode: 'extractive',
    reason: 'complete',
    text: 'It rained 12 millimetres.',
    claims: [],
    passages: [
      {
        number: 1,
        documentId: 'd1',
        documentName: 'report.pdf',
        position: 4,
        segments: 1,
        locators: [{ kind: 'page', page: 3, start: 0, end: 25 }],
        text: 'It rained 12 millimetres.',
        best: { start: 0, end: 25, locators: [{ kind: 'page', page: 3, start: 0, end: 25 }] },
        score: 1,
      },
    ],
    searched: { documents: 1, waiting: 0 },
    provenance: {
      documentSha256: 'd'.repeat(64),
      method: 'passages-1',
      model: null,
      prompt: null,
      embedded: false,
      seed: 0,
      createdAt: at,
    },
  }
  async function* answering(answer: QuestionAnswer): Stream<QuestionItem> {
    yield { type: 'accepted', threadId: 't1', answerId: 'a1', lookedFor: ['rain'], carried: [] }
    yield { type: 'answer', answer }
    yield { type: 'finished', reason: 'complete' }
    return ok(undefined)
  }
  const askingDocuments: Partial<Handlers> = { ...adding, 'questions.ask': () => answering(rain) }

  test('says beforehand that the starter cannot answer, then gives what it writes', async () => {
    const run = await runFakeCli(['ask', 'Why?'], { handlers: asking })
    expect([run.code, run.output]).toEqual([0, 'Why? \n'])
    expect(run.errors).toMatch(/Starter is a small starter model: it cannot answer questions\./)
  })

  test('a model that writes freely needs no such words', async () => {
    const handlers = { ...asking, 'models.list': async () => ok([{ ...starter, summaryMode: 'free' as const }]) }
    expect((await runFakeCli(['ask', 'Why?'], { handlers })).errors).not.toContain('cannot answer')
  })

  test('for programs: answer and provenance', async () => {
    const run = await runFakeCli(['ask', 'Why?', '--json'], { handlers: asking })
    const { createdAt: _createdAt, ...provenance } = summary.provenance
    expect(JSON.parse(run.output)).toEqual({ answer: { text: 'Why? d1', reason: 'complete' }, provenance })
  })

  test('a document is asked itself: its passages with their places, and nothing of the chat', async () => {
    const run = await runFakeCli(['ask', 'How much rain?', '--document', 'report.pdf'], { handlers: askingDocuments })
    expect([run.code, run.output]).toEqual([
      0,
      `
The passages that answer best, word for word
  1. It rained 12 millimetres. [p. 3]

  Looked for: rain
  The passages themselves: no model that answers in its own words took part.

`,
    ])
  })

  test('what a document does not say is said plainly, with what comes nearest', async () => {
    const absent = {
      ...rain,
      outcome: 'absent' as const,
      absentBecause: 'search' as const,
      missing: ['snow'],
      text: '',
    }
    const handlers = { ...askingDocuments, 'questions.ask': () => answering(absent) }
    const run = await runFakeCli(['ask', 'How much snow?', '--document', 'report.pdf'], { handlers })
    expect(run.output).toContain('The text does not say.\n\nWhat comes nearest\n  1. It rained 12 millimetres. [p. 3]')
    expect(run.output).toContain('Not found near the rest: snow')
  })

  test('for programs: the answer with its passages, without what changes from run to run', async () => {
    const run = await runFakeCli(['ask', 'How much rain?', '--document', 'report.pdf', '--json'], {
      handlers: askingDocuments,
    })
    const { answers } = JSON.parse(run.output) as { answers: readonly object[] } // as: expected below
    expect(answers).toHaveLength(1)
    expect(Object.keys(answers[0] ?? {})).not.toContain('threadId')
    expect(answers[0]).toMatchObject({
      outcome: 'passages',
      passages: [{ number: 1, text: 'It rained 12 millimetres.' }],
    })
  })

  test('a folder that is not in the library is said so; documents and a folder at once are refused', async () => {
    const handlers = { ...askingDocuments, 'library.folders': async () => ok([]) }
    const unknown = await runFakeCli(['ask', 'Why?', '--folder', 'papers'], { handlers })
    expect([unknown.code, unknown.errors]).toEqual([1, expect.stringContaining('papers')])
    const both = await runFakeCli(['ask', 'Why?', '--folder', 'papers', '--document', 'a.pdf'], { handlers })
    expect(both.code).toBe(2)
  })

  test('no model is a coded failure', async () => {
    const handlers = { ...asking, 'models.load': async () => fail('model-not-installed', {}) }
    const run = await runFakeCli(['ask', 'Why?', '--json'], { handlers })
    expect([run.code, JSON.parse(run.output)]).toMatchObject([1, { failure: { code: 'model-not-installed' } }])
  })
})

describe('models', () => {
  test('for people and for programs', async () => {
    const handlers = { 'models.list': async () => ok([starter]) }
    expect((await runFakeCli(['models'], { handlers })).output).toBe(
      'Starter\n  14.8 MB · holds 2,048 tokens · starter model, sentences of the document only ·\n  Apache-2.0\n' +
        '  /models/starter.gguf\n',
    )
    expect(JSON.parse((await runFakeCli(['models', 'list', '--json'], { handlers })).output)).toEqual({
      models: [starter],
    })
  })

  test('import shows progress and gives the record', async () => {
    const handlers: Partial<Handlers> = {
      'models.import': async function* () {
        yield { type: 'progress', readBytes: 5, totalBytes: 10 }
        yield { type: 'finished', reason: 'complete', model: starter }
        return ok(undefined)
      },
    }
    const run = await runFakeCli(['models', 'import', 'm.gguf', '--json'], { handlers })
    expect([run.code, JSON.parse(run.output)]).toEqual([0, { model: starter }])
    expect(run.errors).toContain('Checking m.gguf: 50 %')
  })
})

describe('ledger', () => {
  const verdict = { intact: true, entries: 2, headHash: 'h', anchored: true, broken: null, checkedAt: at }

  test('verify: whole, or the entry that is not', async () => {
    const whole = await runFakeCli(['ledger', 'verify'], { handlers: { 'ledger.verify': async () => ok(verdict) } })
    expect([whole.code, whole.output]).toEqual([0, 'Complete and unaltered. Entries: 2.\n'])
    const broken = { ...verdict, intact: false, broken: { seq: 2, reason: 'altered' as const } }
    const handlers = { 'ledger.verify': async () => ok(broken) }
    const run = await runFakeCli(['ledger', 'verify', '--json'], { handlers })
    expect([run.code, JSON.parse(run.output)]).toMatchObject([
      1,
      {
        failure: {
          code: 'ledger-broken',
          message: 'The ledger is not complete and unaltered: entry 2 was altered.',
        },
      },
    ])
  })

  test('anchor: what verify takes back, and the same as JSON', async () => {
    const hash = 'a'.repeat(64)
    const handlers: Partial<Handlers> = {
      'ledger.anchor': async () => ok({ entries: 7, hash }),
      'ledger.verify': async ({ anchors }) => ok({ ...verdict, anchors: anchors?.length ?? 0 }),
    }
    expect((await runFakeCli(['ledger', 'anchor'], { handlers })).output).toBe(`7:${hash}\n`)
    const json = await runFakeCli(['ledger', 'anchor', '--json'], { handlers })
    expect(JSON.parse(json.output)).toEqual({ anchor: { entries: 7, hash } })
    const back = await runFakeCli(['ledger', 'verify', '--json', '--anchor', `7:${hash}`], { handlers })
    expect(JSON.parse(back.output)).toMatchObject({ verdict: { anchors: 1 } })
    expect((await runFakeCli(['ledger', '--help'])).output).toContain('--anchor NUMBER:HASH')
    expect((await runFakeCli(['ledger', '--help', '--language', 'de'])).output).toContain('--anchor ZAHL:HASH')
  })

  test('export: a header, then the entries as they lie there, with and without --json', async () => {
    const header = {
      kind: 'sotto-ledger',
      version: 1,
      hash: 'sha256 of entry, UTF-8',
      appVersion: '0.1.0',
      exportedAt: at,
      head: { entries: 1, hash: 'a'.repeat(64) },
    }
    const lines = [header, { hash: 'tampered with', entry: '{"seq":1}' }].map((line) => `${JSON.stringify(line)}\n`)
    const handlers: Partial<Handlers> = {
      'ledger.export': async function* () {
        for (const text of lines) yield { type: 'lines', text }
        yield { type: 'finished', reason: 'complete', entries: 1 }
        return ok(undefined)
      },
    }
    for (const argv of [
      ['ledger', 'export'],
      ['ledger', 'export', '--json'],
    ]) {
      const run = await runFakeCli(argv, { handlers })
      expect([run.code, run.output]).toEqual([0, lines.join('')])
    }
  })

  test('list: a table, newest first', async () => {
    const entry = {
      seq: 1,
      at,
      event: 'refusal',
      purpose: 'model-download',
      destination: 'example.org',
      sentBytes: 0,
      receivedBytes: 0,
      digest: null,
      grantId: null,
      result: 'local-only',
      attemptSeq: null,
      appVersion: '0',
      policySha256: null,
      previousHash: '0',
      hash: '1',
    } as const
    const handlers = { 'ledger.list': async () => ok([entry]) }
    const run = await runFakeCli(['ledger', '--limit', '5'], { handlers })
    const [head, row] = run.output.split('\n')
    expect(head).toMatch(/^When +What +For +To +Sent +Received +Result$/)
    expect(row).toMatch(/refused +model +example\.org +0 bytes +0 bytes +local-only$/)
  })
})

describe('doctor and policy', () => {
  test('a problem is told with its next step and makes the exit code 1', async () => {
    const handlers: Partial<Handlers> = {
      'system.doctor': async () =>
        ok([
          { id: 'gpu', state: 'note', details: { context: 'none' }, failure: null },
          { id: 'model', state: 'problem', details: {}, failure: { code: 'model-not-installed', details: {} } },
        ]),
    }
    const run = await runFakeCli(['doctor'], { handlers })
    expect(run.code).toBe(1)
    expect(run.output).toBe(`How Sotto is on this computer

· GPU    There is no GPU this build can use; the processor does the work.
✗ Model  No model is installed.
         Next: Add a model file that ends in .gguf under Models, or with: sotto
         models import FILE.

1 problem.
`)
    const json = await runFakeCli(['doctor', '--json'], { handlers })
    expect(JSON.parse(json.output)).toMatchObject({
      checks: [{ id: 'gpu' }, { failure: { code: 'model-not-installed' } }],
    })
  })
})
