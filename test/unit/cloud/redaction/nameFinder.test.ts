// Names a model on this computer finds: believed only where they stand, added to the rules, and never waited for too long.
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { fail, type Result } from '#contract/result.ts'
import { findRedactions } from '../../../../main/cloud/redaction/redaction.ts'
import { NameFinder, type NameFinderDeps } from '../../../../main/cloud/redaction/nameFinder.ts'
import { namingModel } from '../../../../main/cloud/namingModel.ts'
import { PromptLibrary } from '../../../../main/prompts/promptLibrary.ts'
import { openCloud, valueOf } from '../../../fakes/cloudFixture.ts'
import { createFakeGenerator, type FakeGenerator, fencedText, type Script } from '../../../fakes/fakeGenerator.ts'

const able = { name: 'Able 4B', sha256: 'a'.repeat(64) }
const never = new AbortController().signal
let prompts: PromptLibrary

beforeAll(async () => {
  prompts = await PromptLibrary.load(path.resolve(import.meta.dirname, '../../../../resources/prompts'))
})

/** A finder over a scripted model; `late` is its deadline, in the test's hand. */
function finderWith(script: Script, deps: Partial<NameFinderDeps> = {}) {
  const generator: FakeGenerator = createFakeGenerator(script)
  const late = new AbortController()
  const finder = new NameFinder({ generator, prompts, able: async () => able, deadline: () => late.signal, ...deps })
  return { generator, late, finder }
}

function answer(people: readonly string[], organisations: readonly string[] = []): string {
  return JSON.stringify({ people, organisations })
}

const pay = 'Please pay Xiomara Quillfeather of Brindlewick & Söhne, not xiomara and not anybody else.'

describe('finding', () => {
  test('what stands there letter for letter is believed, the rest is left out', async () => {
    const said = answer(
      ['Xiomara Quillfeather', 'Xiomara  Quillfeather', 'Nobody Here', 'xiomara', 'X', '[PERSON_1]'],
      ['Brindlewick & Söhne', pay],
    )
    const { finder, generator } = finderWith(() => said)
    expect(await finder.find([pay], never)).toEqual({
      terms: [
        { text: 'Xiomara Quillfeather', class: 'person' },
        { text: 'Brindlewick & Söhne', class: 'organisation' },
      ],
      search: { by: 'model', model: 'Able 4B', why: null },
    })
    expect(generator.requests.map(({ temperature, lane, jsonSchema }) => [temperature, lane.kind, jsonSchema])).toEqual(
      [[0, 'map', expect.objectContaining({ required: ['people', 'organisations'], additionalProperties: false })]],
    )
    expect(
      fencedText(generator.requests[0] ?? { turns: [], lane: { kind: 'map' }, maxTokens: 1, temperature: 0, seed: 0 }),
    ).toBe(pay)
  })

  test('a long text is searched in pieces, and a name that is cut in one stands whole in the next', async () => {
    const filler = 'word '.repeat(795)
    const text = `${filler}Xiomara Quillfeather ${filler}Xiomara Quillfeather`
    const seen: string[] = []
    const { finder } = finderWith((request) => {
      seen.push(fencedText(request))
      return answer(['Xiomara Quillfeather'].filter((name) => fencedText(request).includes(name)))
    })
    const { terms } = await finder.find([text], never)
    expect(seen.length).toBeGreaterThan(1)
    expect(seen.every((piece) => piece.length <= 4000)).toBe(true)
    expect(terms).toContainEqual({ text: 'Xiomara Quillfeather', class: 'person' })
    const places = [...text.matchAll(/Xiomara Quillfeather/g)].length
    expect(seen.filter((piece) => piece.includes('Xiomara Quillfeather')).length).toBeGreaterThanOrEqual(places)
  })

  test('a text is searched once, however often it is sent again', async () => {
    const { finder, generator } = finderWith(() => answer(['Xiomara Quillfeather']))
    const first = await finder.find([pay], never)
    expect(await finder.find([pay, 'nothing with a capital.'.toLowerCase()], never)).toEqual(first)
    expect(generator.requests.length).toBe(1)
  })
})

describe('what goes wrong is told, and what was found until then is kept', () => {
  const only = (why: string) => ({ by: 'rules', model: null, why })

  test('no model that could', async () => {
    const { finder, generator } = finderWith(() => answer([]), { able: async () => null })
    expect(await finder.find([pay], never)).toEqual({ terms: [], search: only('not-able') })
    expect(generator.requests).toEqual([])
  })

  test.each<[string, Script]>([
    ['the engine fails', () => fail('engine-hung', { seconds: 30 })],
    ['the answer is cut', () => '{"people": ["Xiom'],
    ['the answer is of another shape', () => '{"people": "Xiomara"}'],
    ['the model throws', () => Promise.reject(new Error('broken'))],
  ])('%s', async (_what, script) => {
    const { finder } = finderWith((request, listener) =>
      fencedText(request) === pay ? script(request, listener) : answer(['Ada Quill']),
    )
    expect(await finder.find(['Ada Quill is here.', pay], never)).toEqual({
      terms: [{ text: 'Ada Quill', class: 'person' }],
      search: only('failed'),
    })
  })

  test('a model that never answers, not even when it is stopped', async () => {
    const { finder, late } = finderWith(() => new Promise<string>(() => undefined))
    const found = finder.find([pay], never)
    late.abort()
    expect(await found).toEqual({ terms: [], search: only('too-long') })
  })

  test('the person stops it, or Sotto closes', async () => {
    const { finder } = finderWith(() => new Promise<string>(() => undefined))
    const stop = new AbortController()
    const found = finder.find([pay], stop.signal)
    stop.abort()
    expect((await found).search).toEqual(only('stopped'))
    const closing = finder.find([pay], never)
    finder.close()
    expect((await closing).search).toEqual(only('stopped'))
    expect((await finder.find([pay], never)).search).toEqual(only('stopped'))
  })
})

test('names join what the rules find: stronger classes win, words never hidden stay, every place is found', () => {
  const text = 'Quillfeather wrote to quill@example.org. Quillfeathers office and Brindlewick know.'
  const named = [
    { text: 'Quillfeather', class: 'person' as const },
    { text: 'Brindlewick', class: 'organisation' as const },
    { text: 'quill', class: 'person' as const },
  ]
  const found = findRedactions(text, { named, never: ['Brindlewick'] })
  expect(found.map(({ class: kind, original, confidence }) => [kind, original, confidence])).toEqual([
    ['person', 'Quillfeather', 'suggested'],
    ['email', 'quill@example.org', 'checked'],
    ['person', 'Quillfeather', 'suggested'],
  ])
})

test('only a model the catalogue marks may look', async () => {
  const entries = [
    { id: 'able', namesEntities: true },
    { id: 'not', namesEntities: false },
  ]
  const records = [
    { id: 'm-1', catalogueId: 'able' },
    { id: 'm-2', catalogueId: 'not' },
    { id: 'm-3', catalogueId: null },
  ]
  type Models = Parameters<typeof namingModel>[0]
  const models = {
    list: async () => ({ ok: true, value: records }),
    entries: async () => entries,
  } as unknown as Models // as: only what is looked at is here
  const asked = (chosen: Result<{ modelId: string; name: string; sha256: string }>) =>
    namingModel(models, async () => chosen)(never)
  const chosen = (modelId: string) => ({ ok: true as const, value: { modelId, ...able } })
  expect(await Promise.all(['m-1', 'm-2', 'm-3', 'm-4'].map((id) => asked(chosen(id))))).toEqual([
    able,
    null,
    null,
    null,
  ])
  expect(await asked(fail('model-not-installed', {}))).toBeNull()
})

describe('in a draft', () => {
  const text = 'Tell Quillfeather the price.'
  const found = () => answer(['Quillfeather'])

  test('the name is hidden as suggested, comes back, and the sheet is told who looked', async () => {
    const { finder, generator } = finderWith(found)
    await using fixture = await openCloud({ names: finder, settings: { cloudModel: 'anthropic/claude-haiku-5-5' } })
    const { client, conversationId } = fixture
    const { draft } = valueOf(await client.call('chat.prepare-cloud', { conversationId, text }))
    expect(draft.redactions).toMatchObject([
      { class: 'person', original: 'Quillfeather', confidence: 'suggested', on: true },
    ])
    expect(draft.request.body).not.toContain('Quillfeather')
    expect(draft.names).toEqual({ by: 'model', model: 'Able 4B', why: null })
    const [redactionId = ''] = draft.redactions.map(({ id }) => id)
    const switched = valueOf(await client.call('cloud.set-redaction', { draftId: draft.id, redactionId, on: false }))
    expect(switched.request.body).toContain('Quillfeather')
    expect(switched.names).toEqual(draft.names)
    expect(generator.requests.length).toBe(1)
    // Kept with the draft, and known again to the conversation without the model.
    expect(valueOf(await client.call('cloud.draft', { draftId: draft.id })).names).toEqual(draft.names)
  })

  test('whoever will not wait gets the sheet at once, with what the rules found', async () => {
    const asked = Promise.withResolvers<void>()
    const { finder } = finderWith(() => {
      asked.resolve()
      return new Promise<string>(() => undefined)
    })
    await using fixture = await openCloud({ names: finder, settings: { cloudModel: 'anthropic/claude-haiku-5-5' } })
    const { client, conversationId, documentId } = fixture
    const stop = new AbortController()
    const { signal } = stop
    const all = [
      client.call('chat.prepare-cloud', { conversationId, text: 'Ask Mrs Ada Brown.' }, { signal }),
      client.call('chat.prepare-rewrite', { text: 'Ask Mrs Ada Brown.', style: 'shorter' }, { signal }),
      client.call('summaries.prepare-cloud', { documentId, preset: 'brief' }, { signal }),
    ]
    await asked.promise
    stop.abort()
    for (const prepared of await Promise.all(all)) {
      const { draft } = valueOf(prepared)
      expect(draft.names).toEqual({ by: 'rules', model: null, why: 'stopped' })
      expect(draft.redactions.map((each) => each.class)).toContain('person')
    }
  })

  test('where the model fails the rules alone look, and an open permission given with the model asks again', async () => {
    let broken = false
    const { finder } = finderWith(() => (broken ? fail('engine-crashed', {}) : found()))
    await using fixture = await openCloud({ names: finder, settings: { cloudModel: 'anthropic/claude-haiku-5-5' } })
    const { client, conversationId } = fixture
    const { draft } = valueOf(await client.call('chat.prepare-cloud', { conversationId, text }))
    const approval = { draftId: draft.id, digest: draft.request.digest, scope: 'conversation' as const }
    valueOf(await client.call('cloud.approve', approval))
    const next = valueOf(await client.call('chat.prepare-cloud', { conversationId, text: 'And Quillfeather?' }))
    expect(next.state).toBe('covered')
    broken = true
    const weaker = valueOf(await client.call('chat.prepare-cloud', { conversationId, text: 'And Mrs Ada Brown?' }))
    expect([weaker.state, weaker.draft.outside]).toEqual(['ask', ['names']])
    expect(weaker.draft.names).toEqual({ by: 'rules', model: null, why: 'failed' })
    expect(weaker.draft.redactions.map(({ original }) => original)).toContain('Ada Brown')
  })
})
