// Each command over faked handlers: what it prints for people, what for programs, how it fails and stops.
import { describe, expect, test } from 'vitest'
import type { DocumentRecord, Segment } from '#contract/document.ts'
import type { ModelRecord } from '#contract/model.ts'
import { fail, ok } from '#contract/result.ts'
import type { Summary } from '#contract/summary.ts'
import type { Handlers } from '../../../../main/rpc/handlers.ts'
import { runFakeCli } from './fakeCli.ts'

const at = '2026-11-20T12:00:00.000Z'
const coverage = { unit: 'page', total: 6, read: 6, withoutText: [4, 5] } as const
const document: DocumentRecord = {
  id: 'd1',
  name: 'report.pdf',
  path: '/work/report.pdf',
  sha256: 'abc',
  format: 'pdf',
  bytes: 1000,
  characters: 900,
  segments: 2,
  title: 'The Barrier',
  coverage: { ...coverage, withoutText: [...coverage.withoutText] },
  addedAt: at,
  openedAt: at,
}
const page = (number: number) => ({ kind: 'page', page: number, start: 0, end: 9 }) as const
const summary: Summary = {
  id: 's1',
  jobId: 'j1',
  documentId: 'd1',
  preset: 'brief',
  instruction: null,
  text: 'The gate is hung. It leaks.',
  rawText: 'The gate is hung. It leaks. It is blue.',
  claims: [
    { text: 'The gate is hung.', locators: [page(1), page(1), page(3)], supported: true, score: 1 },
    { text: 'It \u001b[31mleaks\u202e.', locators: [], supported: false, score: 0.2 },
  ],
  coverage: document.coverage,
  droppedSentences: 1,
  steps: { computed: 3, reused: 0 },
  provenance: {
    documentSha256: 'abc',
    model: { name: 'Starter', sha256: 'ff' },
    prompt: { id: 'summary-extractive', version: '1' },
    mode: 'extractive',
    seed: 0,
    createdAt: at,
  },
}
const starter: ModelRecord = {
  id: 'm1',
  name: 'Starter',
  path: '/models/starter.gguf',
  bytes: 14_800_000,
  sha256: 'ff',
  architecture: 'llama',
  parameters: null,
  contextTokens: 2048,
  summaryMode: 'extractive',
  chatWrapper: 'catalogue',
  starter: true,
  licence: 'Apache-2.0',
}

const adding: Partial<Handlers> = {
  'documents.add': async function* ({ path }) {
    if (path !== document.path) return fail('file-missing', { name: 'x.pdf' })
    yield { type: 'opened', name: document.name, sha256: 'abc', format: 'pdf', bytes: 1000 }
    yield { type: 'progress', unit: 'page', read: 3, total: 6 }
    yield { type: 'added', document }
    yield { type: 'finished', reason: 'complete', coverage: document.coverage }
    return ok(undefined)
  },
}
const summarizing: Partial<Handlers> = {
  ...adding,
  'summaries.start': async () => ok({ jobId: 'j1' }),
  'summaries.follow': async function* () {
    yield { type: 'gist', sentences: [{ text: 'The barrier stands.', locators: [page(2)], score: 1 }] }
    yield { type: 'planned', chunks: 2, steps: 3, reused: 1 }
    yield {
      type: 'progress',
      stage: 'reading',
      doneSteps: 1,
      totalSteps: 3,
      units: { from: 3, to: 4 },
      remainingMs: 130_000,
    }
    yield { type: 'summary', summary }
    yield { type: 'finished', reason: 'complete' }
    return ok(undefined)
  },
}

describe('summarize', () => {
  test('for people: gist, sentences with their pages, what was read, how it was made', async () => {
    const run = await runFakeCli(['summarize', 'report.pdf'], { handlers: summarizing })
    expect(run.code).toBe(0)
    expect(run.output).toBe(`
The Barrier · report.pdf · 6 pages

In a few sentences of its own
  • The barrier stands. [p. 2]

Summary
  The gate is hung. [p. 1] [p. 3]
  It [31mleaks. [?]

  Read: all 6 pages. No text on pages 4–5.
  1 sentence, marked [?], was not found in the document.
  1 sentence of the model did not stand in the document and was left out.
  Chosen on this computer by Starter from the document’s own sentences; prompt
  summary-extractive 1, seed 0.

`)
    expect(run.errors.split('\n')).toEqual([
      'Opening…',
      'Reading report.pdf',
      'Reading report.pdf: page 3 of 6',
      'Continuing: 1 of 3 steps were already done.',
      'Reading pages 3–4 of 6 · 1 of 3 steps · about 2 minutes left',
      'Nothing was kept. With --data FOLDER it would be.',
      '',
    ])
  })

  test('for programs: exactly the promised shape, one line', async () => {
    const run = await runFakeCli(['summarize', 'report.pdf', '--json', '--data', 'd'], { handlers: summarizing })
    const { createdAt: _createdAt, ...provenance } = summary.provenance
    const { text, claims } = summary
    expect(run.code).toBe(0)
    expect(run.output).toBe(
      `${JSON.stringify({ summary: { text, claims, coverage: document.coverage }, provenance })}\n`,
    )
  })

  test('asks for what was ordered', async () => {
    const orders: unknown[] = []
    const handlers: Partial<Handlers> = {
      ...summarizing,
      'summaries.start': async (order) => {
        orders.push(order)
        return ok({ jobId: 'j1' })
      },
    }
    await runFakeCli(['summarize', 'report.pdf', '--instruction', 'the money', '--fresh'], { handlers })
    await runFakeCli(['summarize', 'report.pdf', '--preset', 'actions'], { handlers })
    expect(orders).toEqual([
      { documentId: 'd1', preset: 'own', instruction: 'the money', seed: 0, fresh: true },
      { documentId: 'd1', preset: 'actions', seed: 0, fresh: false },
    ])
  })

  test('a failure is alone on the output with --json, and plain words without', async () => {
    const failure = {
      code: 'file-missing',
      message: 'There is no file “x.pdf”.',
      nextStep: 'Check the name and the folder, and whether the drive is connected.',
    }
    const json = await runFakeCli(['summarize', 'x.pdf', '--json'], { handlers: summarizing })
    expect([json.code, JSON.parse(json.output)]).toEqual([1, { failure }])
    const plain = await runFakeCli(['summarize', 'x.pdf'], { handlers: summarizing })
    expect([plain.code, plain.output]).toEqual([1, ''])
    expect(plain.errors).toContain(`${failure.message}\nNext: ${failure.nextStep}`)
  })

  test('Ctrl+C stops the job, waits for it, and says how to go on', async () => {
    const interrupt = new AbortController()
    const halted = Promise.withResolvers<void>()
    const stops: string[] = []
    const handlers: Partial<Handlers> = {
      ...adding,
      'summaries.start': async () => ok({ jobId: 'j1' }),
      'summaries.follow': async function* () {
        yield { type: 'planned', chunks: 2, steps: 3, reused: 0 }
        interrupt.abort()
        await halted.promise
        yield { type: 'finished', reason: 'stopped' }
        return ok(undefined)
      },
      'jobs.stop': async ({ jobId }) => {
        stops.push(jobId)
        halted.resolve()
        return fail('not-found', { what: 'job', id: jobId })
      },
    }
    const run = await runFakeCli(['summarize', 'report.pdf', '--data', 'd', '--json'], { handlers, interrupt })
    expect({ code: run.code, output: run.output, stops, closed: run.closed }).toEqual({
      code: 130,
      output: '',
      stops: ['j1'],
      closed: 1,
    })
    expect(run.errors).toContain('Stopping. Press Ctrl+C again to end at once.')
    expect(run.errors).toContain('The finished steps are kept: run the same command again to continue.')
  })
})

describe('extract', () => {
  const segments: Segment[] = [
    { text: 'First.', locator: page(1), kind: 'paragraph' },
    { text: 'Second.', locator: page(1) },
    { text: 'Third.', locator: { ...page(2), label: 'ii' } },
  ]
  const handlers: Partial<Handlers> = {
    'documents.extract': async function* ({ path }) {
      if (path === '/work/bad.pdf') return fail('document-corrupt', { name: 'bad.pdf' })
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
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
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

Read: all 6 pages. No text on pages 4–5.

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

  test('says beforehand that the starter cannot answer, then gives what it writes', async () => {
    const run = await runFakeCli(['ask', 'Why?', '--document', 'report.pdf'], { handlers: asking })
    expect([run.code, run.output]).toEqual([0, 'Why? d1\n'])
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
      'Starter\n  14.8 MB · holds 2,048 tokens · starter model, sentences of the document only · Apache-2.0\n' +
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
         Next: Import a model file that ends in .gguf: sotto models import FILE.

1 problem.
`)
    const json = await runFakeCli(['doctor', '--json'], { handlers })
    expect(JSON.parse(json.output)).toMatchObject({
      checks: [{ id: 'gpu' }, { failure: { code: 'model-not-installed' } }],
    })
  })

  test('policy shows what is decided, why, and whom to ask', async () => {
    const handlers: Partial<Handlers> = {
      'settings.policy': async () =>
        ok({ state: 'active', source: '/etc/sotto/policy.json', sha256: 'aa', issues: [] }),
      'settings.list': async () =>
        ok([
          { key: 'theme', value: 'dark', source: 'person', locked: false, reason: null, contact: null },
          { key: 'localOnly', value: true, source: 'policy', locked: true, reason: 'Our rules.', contact: 'it@x.org' },
        ]),
    }
    expect((await runFakeCli(['policy'], { handlers })).output).toBe(`The policy in /etc/sotto/policy.json is in force.
SHA-256 aa

Decided by the organisation
  localOnly = true
    Our rules. it@x.org
`)
  })
})

describe('the terminal', () => {
  test('on a real one progress is a line that goes away, and headings are bold', async () => {
    const run = await runFakeCli(['summarize', 'report.pdf'], { handlers: summarizing, terminal: true })
    expect(run.errors).toContain('\r\u001b[2KReading report.pdf: page 3 of 6\r\u001b[2K')
    expect(run.output).toContain('\u001b[1mSummary\u001b[22m')
    const plain = { handlers: summarizing, terminal: true, environment: { NO_COLOR: '1' } }
    expect((await runFakeCli(['summarize', 'report.pdf'], plain)).output).not.toContain('\u001b')
  })
})
