// The text a question is looked for in: split and indexed in turns, kept for the next question, stopped when asked to.
import { expect, test } from 'vitest'
import type { DocumentRecord, Segment } from '#contract/document.ts'
import { ok } from '#contract/result.ts'
import { readQuestion } from '../../../main/questions/logic/question.ts'
import { TextGatherer } from '../../../main/questions/textGatherer.ts'
import { recordOf } from '../summaries/summaryFixture.ts'

const paragraphs = 1600
/** Segments and sentences are looked at in steps of so many; each is split, placed and indexed. */
const steps = (3 * paragraphs) / 32

const segments = Array.from({ length: paragraphs }, (_, at): Segment => {
  const text = `Room ${at} is heated by stove number ${at}.`
  return { text, kind: 'paragraph', locator: { kind: 'lines', from: at + 1, to: at + 1 } }
})
const record: DocumentRecord = recordOf(segments)
const question = readQuestion('Which stove heats room 77?')
const scope = { documentId: record.id }

/** A gatherer for whose clock every step is a turn, and how many turns others got so far. */
function gathering(): { readonly gatherer: TextGatherer; turns(): number; end(): void } {
  let time = 0
  let turns = 0
  let over = false
  const other = (): void => {
    turns += 1
    if (!over) setImmediate(other)
  }
  setImmediate(other)
  const gatherer = new TextGatherer({
    documents: {
      get: () => Promise.resolve(ok(record)),
      segments: () => Promise.resolve(ok([])),
      allSegments: () => Promise.resolve(ok(segments)),
    },
    library: {
      near: () => Promise.resolve(ok({ hits: [], counts: [], segments: 0, documents: 0, waiting: 0 })),
    },
    now: () => new Date((time += 20)),
  })
  return { gatherer, turns: () => turns, end: () => (over = true) }
}

test('a long document is indexed in turns, once', async () => {
  const { gatherer, turns, end } = gathering()
  const signal = new AbortController().signal
  const gathered = await gatherer.gather(scope, question, [], signal)
  expect(turns()).toBeGreaterThanOrEqual(steps)
  expect(gathered.ok && gathered.value?.index.lines.length).toBe(paragraphs)
  const before = turns()
  await gatherer.gather(scope, question, [], signal)
  expect(turns()).toBe(before)
  end()
})

test('stopped in the middle, nothing comes of it, and the next question begins anew', async () => {
  const { gatherer, turns, end } = gathering()
  const stop = new AbortController()
  const stopped = gatherer.gather(scope, question, [], stop.signal)
  setImmediate(() => setImmediate(() => stop.abort()))
  expect(await stopped).toEqual(ok(null))
  expect(turns()).toBeLessThan(8)
  const again = await gatherer.gather(scope, question, [], new AbortController().signal)
  expect(again.ok && again.value?.index.lines.length).toBe(paragraphs)
  end()
})
