// `sotto summarize` over faked handlers: what it prints, how it fails and stops, how a real terminal looks.
import { describe, expect, test } from 'vitest'
import { fail, ok } from '#contract/result.ts'
import type { Handlers } from '../../../../main/rpc/handler.ts'
import { runFakeCli } from './fakeCli.ts'
import { adding, document, page, summarizing, summary } from './samples.ts'

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

  Read: all 6 pages. Without text: pages 4–5.
  1 sentence, marked [?], needs checking: the document does not say it so.
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

  test('what a sentence has that its passage has not stands in its mark; both places of a contradiction are named', async () => {
    const marked = {
      ...summary,
      claims: [
        {
          text: 'The gate weighs 14 tons.',
          locators: [page(1)],
          supported: false,
          score: 0.4,
          support: 'partly' as const,
          notes: [
            { kind: 'number' as const, said: '14' },
            { kind: 'splice' as const, said: '' },
          ],
        },
      ],
      contradictions: [
        {
          kind: 'number' as const,
          a: { text: 'The gate weighs 12 tons.', locators: [page(1)] },
          b: { text: 'The gate weighs 13 tons.', locators: [page(4)] },
        },
      ],
    }
    const handlers: Partial<Handlers> = {
      ...summarizing,
      'summaries.follow': async function* () {
        yield { type: 'summary', summary: marked }
        yield { type: 'finished', reason: 'complete' }
        return ok(undefined)
      },
    }
    const { output } = await runFakeCli(['summarize', 'report.pdf'], { handlers })
    expect(output).toContain('  The gate weighs 14 tons. [? 14] [p. 1]')
    expect(output).toContain(
      'The document contradicts itself in one place\n  • The gate weighs 12 tons. [p. 1]\n  ↔ The gate weighs 13 tons. [p. 4]\n',
    )
  })

  test('for programs: exactly the promised shape, one line', async () => {
    const run = await runFakeCli(['summarize', 'report.pdf', '--json', '--data', 'd'], { handlers: summarizing })
    const { createdAt: _createdAt, ...provenance } = summary.provenance
    const { text, claims } = summary
    expect(run.code).toBe(0)
    const promised = JSON.stringify({ summary: { text, claims, coverage: document.coverage }, provenance })
    // A mark that turns the writing direction around reaches a terminal as an escape.
    expect(run.output).toBe(`${promised.replace('\u202e', '\\u202e')}\n`)
    expect(JSON.parse(run.output)).toEqual(JSON.parse(promised))
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

describe('the terminal', () => {
  test('on a real one progress is a line that goes away, and headings are bold', async () => {
    const run = await runFakeCli(['summarize', 'report.pdf'], { handlers: summarizing, terminal: true })
    expect(run.errors).toContain('\r\u001b[2KReading report.pdf: page 3 of 6\r\u001b[2K')
    expect(run.output).toContain('\u001b[1mSummary\u001b[22m')
    const plain = { handlers: summarizing, terminal: true, environment: { NO_COLOR: '1' } }
    expect((await runFakeCli(['summarize', 'report.pdf'], plain)).output).not.toContain('\u001b')
  })
})
