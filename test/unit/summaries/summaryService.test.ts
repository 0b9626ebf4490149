// Whole summaries with a scripted model: verbatim with places, resumable to the byte, followed from anywhere.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Segment } from '#contract/document.ts'
import { fail, ok } from '#contract/result.ts'
import { summary as summarySchema, type Summary } from '#contract/summary.ts'
import type { Storage } from '../../../main/storage/storage.ts'
import {
  copyOpening,
  createFakeGenerator,
  fakeModel,
  fencedText,
  tokensOf,
  type Script,
} from '../../fakes/fakeGenerator.ts'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'
import { valueOf } from '../jobs/jobFixture.ts'
import {
  createSummaryFixture,
  drained,
  keepDocument,
  lasting,
  orderFor,
  recordOf,
  reportSegments,
  summarized,
} from './summaryFixture.ts'

const long = reportSegments(40)
const short = reportSegments(2)

let storage: Storage
beforeEach(async () => {
  storage = await openMemoryStorage()
  await keepDocument(storage, recordOf(long))
})
afterEach(async () => storage.close())

/** The places of a claim cut out of the document, white space collapsed. */
function cutOut(segments: readonly Segment[], locators: Summary['claims'][number]['locators']): string {
  const pieces = locators.map((locator) =>
    locator.kind === 'page' ? (segments[locator.page - 1]?.text.slice(locator.start, locator.end) ?? '') : '',
  )
  return pieces.join(' ')
}

describe('extractive', () => {
  test('a document over ten times the context: verbatim claims at their places, full provenance and coverage', async () => {
    const fixture = await createSummaryFixture(
      storage,
      long,
      createFakeGenerator(copyOpening, { ...fakeModel, mapContextTokens: 800 }),
    )
    expect(long.reduce((sum, segment) => sum + tokensOf(segment.text), 0)).toBeGreaterThan(8000)
    const made = await summarized(fixture)
    expect(summarySchema.parse(made)).toEqual(made)
    expect(made.claims.length).toBeGreaterThanOrEqual(2)
    expect(made.claims.length).toBeLessThanOrEqual(4)
    for (const claim of made.claims) {
      expect(cutOut(long, claim.locators)).toBe(claim.text)
      expect({ supported: claim.supported, score: claim.score }).toEqual({ supported: true, score: 1 })
    }
    expect(made.text).toBe(made.claims.map((claim) => claim.text).join(' '))
    expect(made.coverage).toEqual(recordOf(long).coverage)
    expect(made.droppedSentences).toBe(0)
    expect(made.steps).toEqual({ computed: fixture.generator.requests.length, reused: 0 })
    expect(made.provenance).toEqual({
      documentSha256: 'd'.repeat(64),
      model: { name: 'Fake', sha256: fakeModel.sha256 },
      prompt: { id: 'summary-extractive', version: '1' },
      mode: 'extractive',
      seed: 0,
      createdAt: made.provenance.createdAt,
    })
    expect(valueOf(await fixture.summaries.list('doc'))).toEqual([made])
  })

  test('prompts fit the context, four run at once, greedy, with a limit', async () => {
    const four = Promise.withResolvers<void>()
    let asked = 0
    const together: Script = async (request) => {
      if ((asked += 1) === 4) four.resolve()
      await four.promise
      return copyOpening(request)
    }
    const generator = createFakeGenerator(together)
    await summarized(await createSummaryFixture(storage, long, generator), { preset: 'detailed' })
    expect(generator.mostAtOnce()).toBe(4)
    for (const request of generator.requests) {
      const prompt = request.turns.reduce((sum, turn) => sum + tokensOf(turn.text) + 4, 4)
      expect(prompt + request.maxTokens).toBeLessThanOrEqual(fakeModel.mapContextTokens)
      expect([request.temperature, request.seed, request.lane]).toEqual([0, 0, { kind: 'map' }])
    }
  })

  test('detailed scales and has paragraphs; bullets are a list; presets share map steps', async () => {
    const fixture = await createSummaryFixture(storage, long)
    const detailed = await summarized(fixture, { preset: 'detailed' })
    expect(detailed.claims.length).toBeGreaterThanOrEqual(8)
    expect(detailed.claims.length).toBeLessThanOrEqual(22)
    expect(detailed.text.split('\n\n').length).toBeGreaterThan(1)
    const pages = detailed.claims.flatMap((claim) =>
      claim.locators.map((each) => (each.kind === 'page' ? each.page : 0)),
    )
    expect(pages).toEqual([...pages].sort((a, b) => a - b))
    const bullets = await summarized(fixture, { preset: 'bullets' })
    expect(bullets.text.split('\n').every((line) => line.startsWith('- '))).toBe(true)
    expect(bullets.steps.reused).toBeGreaterThan(0)
    const small = await createSummaryFixture(storage, short, createFakeGenerator(), 'small')
    expect((await summarized(small, { preset: 'detailed' })).claims.length).toBeGreaterThanOrEqual(6)
  })

  test('own instruction: its words decide', async () => {
    const fixture = await createSummaryFixture(storage, long)
    const made = await summarized(fixture, { preset: 'own', instruction: 'Tell me about the library, please' })
    expect(made.claims.every((claim) => claim.text.includes('library'))).toBe(true)
    expect(made.instruction).toBe('Tell me about the library, please')
    expect(await fixture.summaries.start(orderFor({ preset: 'own', instruction: '  ' }))).toEqual(
      fail('invalid-input', { issues: ['instruction'] }),
    )
  })

  test('action items come from cues; a document without any gives an honest empty answer', async () => {
    const text =
      'The day was fine. Anna must send the contract to the lawyers by Friday. Rain is rare in the north of the county.'
    const notes: Segment[] = [{ text, locator: { kind: 'page', page: 1, start: 0, end: text.length } }]
    const made = await summarized(await createSummaryFixture(storage, notes), { preset: 'actions' })
    expect(made.text).toBe('- Anna must send the contract to the lawyers by Friday.')
    expect(made.provenance.prompt).toEqual({ id: 'action-cues', version: '1' })
    const none = await summarized(await createSummaryFixture(storage, short, createFakeGenerator(), 'none'), {
      preset: 'actions',
      seed: 1,
    })
    expect({ text: none.text, claims: none.claims }).toEqual({ text: '', claims: [] })
  })

  test('what aligns to nothing is dropped and counted; a nearly right sentence becomes the source’s', async () => {
    const script: Script = (request) =>
      `${copyOpening(request).replaceAll('mended', 'painted')} I cannot answer that, but whales sing beautifully.`
    const made = await summarized(await createSummaryFixture(storage, short, createFakeGenerator(script)))
    expect(made.droppedSentences).toBeGreaterThan(0)
    expect(made.rawText).toContain('whales')
    expect(made.text).not.toContain('whales')
    for (const claim of made.claims) expect(cutOut(short, claim.locators)).toBe(claim.text)
    expect(made.claims.every((claim) => claim.score < 1 && claim.score > 0.6)).toBe(true)
  })

  test('an empty answer counts as a step and does not loop; nothing at all is a coded failure', async () => {
    let calls = 0
    const sometimes: Script = (request) => ((calls += 1) % 2 === 0 ? '' : copyOpening(request))
    const fixture = await createSummaryFixture(storage, long, createFakeGenerator(sometimes))
    const made = await summarized(fixture)
    expect(made.steps.computed).toBe(calls)
    const mute = await createSummaryFixture(
      storage,
      short,
      createFakeGenerator(() => fail('generation-empty', {})),
      'mute',
    )
    const { jobId } = valueOf(await mute.summaries.start(orderFor({ seed: 5 })))
    expect((await drained(mute.summaries.follow(jobId))).ending).toEqual(fail('generation-empty', {}))
    const whales = createFakeGenerator(() => 'I cannot answer that, but whales sing beautifully.')
    const lost = await createSummaryFixture(storage, short, whales, 'lost')
    const started = valueOf(await lost.summaries.start(orderFor({ seed: 6 })))
    expect((await drained(lost.summaries.follow(started.jobId))).ending).toEqual(
      fail('summary-empty', { name: 'report.pdf' }),
    )
  })

  test('brief is four sentences, also from a model that copies one at a time', async () => {
    const one: Script = (request) => copyOpening(request).replace(/\. .*$/s, '.')
    const scripts = [copyOpening, one]
    for (const [at, script] of scripts.entries()) {
      const generator = createFakeGenerator(script, { ...fakeModel, mapContextTokens: 800 })
      const made = await summarized(await createSummaryFixture(storage, long, generator, `brief-${at}`), { seed: at })
      expect(made.claims.length).toBe(4)
      for (const claim of made.claims) expect(cutOut(long, claim.locators)).toBe(claim.text)
    }
  })

  test('an over-long sentence is cut to fit and nothing is lost', async () => {
    const words = Array.from({ length: 900 }, (_, at) => `word${at}`).join(' ')
    const segments: Segment[] = [{ text: words, locator: { kind: 'page', page: 1, start: 0, end: words.length } }]
    const generator = createFakeGenerator(copyOpening, { ...fakeModel, mapContextTokens: 300 })
    const made = await summarized(await createSummaryFixture(storage, segments, generator), { preset: 'detailed' })
    for (const claim of made.claims) expect(cutOut(segments, claim.locators)).toBe(claim.text)
    const shown = generator.requests.map(fencedText).join(' ')
    expect(Array.from({ length: 900 }, (_, at) => `word${at}`).filter((word) => !shown.includes(word))).toEqual([])
  })
})

describe('free', () => {
  const free = { ...fakeModel, summaryMode: 'free' as const }

  test('keeps the model’s words, ties true sentences to their places and marks the rest', async () => {
    const script: Script = (request) =>
      request.turns[0]?.text.includes('key points') === true
        ? '- In year 1903 the school of ward 24 was mended by crew 6.\n- In year 1903 the school of ward 99 was mended by crew 6.\n- Whales sing.'
        : copyOpening(request)
    const made = await summarized(await createSummaryFixture(storage, long, createFakeGenerator(script, free)), {
      preset: 'bullets',
    })
    expect(made.text.split('\n')).toHaveLength(3)
    expect(made.claims.map((claim) => claim.supported)).toEqual([true, false, false])
    expect(made.claims[0]?.locators).toMatchObject([{ kind: 'page', page: 4 }])
    expect(made.provenance).toMatchObject({ mode: 'free', prompt: { id: 'summary-reduce-bullets', version: '1' } })
  })

  test('a document that fits is read in one step; a long one by map and reduce within the context', async () => {
    const one = await createSummaryFixture(storage, short, createFakeGenerator(copyOpening, free))
    expect((await summarized(one)).steps.computed).toBe(1)
    const generator = createFakeGenerator(copyOpening, { ...free, mapContextTokens: 1200 })
    await summarized(await createSummaryFixture(storage, long, generator, 'many'), { seed: 1 })
    expect(generator.requests.length).toBeGreaterThan(10)
    for (const request of generator.requests) {
      expect(tokensOf(request.turns[0]?.text ?? '') + 8 + request.maxTokens).toBeLessThanOrEqual(1200)
    }
  })

  test('a loop is cut, NONE is no action item', async () => {
    const looping: Script = (_, listener) => {
      const text = `The library was mended. ${'And then it goes on and on and on. '.repeat(30)}`
      listener.onText?.(text)
      return ok({
        text,
        reason: listener.signal.aborted ? 'stopped' : 'length',
        meter: { promptTokens: 1, evaluatedTokens: 1, generatedTokens: 1 },
      })
    }
    const made = await summarized(await createSummaryFixture(storage, short, createFakeGenerator(looping, free)))
    expect(made.text).toBe('The library was mended. And then it goes on and on and on.')
    const none = await createSummaryFixture(
      storage,
      short,
      createFakeGenerator(() => 'NONE.', free),
      'none',
    )
    expect(await summarized(none, { preset: 'actions' })).toMatchObject({ text: '', claims: [] })
  })
})

describe('start', () => {
  test('finds the finished job; fresh computes everything anew', async () => {
    const fixture = await createSummaryFixture(storage, short)
    const first = await summarized(fixture)
    const computed = fixture.generator.requests.length
    expect(await summarized(fixture)).toEqual(first)
    expect(fixture.generator.requests).toHaveLength(computed)
    const fresh = await summarized(fixture, { fresh: true })
    expect(fresh.jobId).not.toBe(first.jobId)
    expect(fresh.steps).toEqual({ computed, reused: 0 })
    expect(lasting(fresh)).toEqual(lasting(first))
    expect((await summarized(fixture, { seed: 1 })).jobId).not.toBe(fresh.jobId)
  })

  test('unknown document, and one with nothing to summarize', async () => {
    const fixture = await createSummaryFixture(storage, [
      { text: 'Page 1', locator: { kind: 'page', page: 1, start: 0, end: 6 } },
    ])
    expect(await fixture.summaries.start(orderFor({ documentId: 'x' }))).toEqual(
      fail('not-found', { what: 'document', id: 'x' }),
    )
    const { jobId } = valueOf(await fixture.summaries.start(orderFor()))
    expect((await drained(fixture.summaries.follow(jobId))).ending).toEqual(
      fail('document-too-short', { name: 'report.pdf' }),
    )
  })

  test('a script without spaces is long enough by its characters', async () => {
    const text = '市议会星期一开会讨论明年的预算。议会决定增加学校和道路的支出。'
    const segments: Segment[] = [{ text, locator: { kind: 'page', page: 1, start: 0, end: text.length } }]
    const copies = createFakeGenerator(() => '议会决定增加学校和道路的支出。')
    const made = await summarized(await createSummaryFixture(storage, segments, copies))
    expect(made.text).toBe('议会决定增加学校和道路的支出。')
  })
})

test('the gist needs no model', async () => {
  const fixture = await createSummaryFixture(
    storage,
    long,
    createFakeGenerator(() => fail('model-not-installed', {})),
  )
  const gist = valueOf(await fixture.summaries.gist('doc', 3))
  expect(gist).toHaveLength(3)
  for (const sentence of gist) expect(cutOut(long, sentence.locators)).toBe(sentence.text)
  expect(Math.max(...gist.map((sentence) => sentence.score))).toBe(1)
  expect(await fixture.summaries.gist('x', 3)).toEqual(fail('not-found', { what: 'document', id: 'x' }))
})
