// What a request costs: cache reads and writes at their own prices, long prompts at theirs, and what was confirmed.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ModelPrice } from '#contract/cloud.ts'
import { openaiEvents, anthropicEvents, type TokenUsage } from '../../../../main/cloud/logic/answerEvents.ts'
import { costAtMost, costOf, type DatedPrice, priceFacts } from '../../../../main/cloud/logic/price.ts'
import { Prices } from '../../../../main/cloud/prices.ts'
import { providerTable } from '../../../../main/cloud/providers/providerTable.ts'
import { createFakeLogger } from '../../../fakes/fakeLogger.ts'

const resources = path.resolve(import.meta.dirname, '../../../../resources')
const prices = await Prices.load(resources, {}, createFakeLogger())
const day = new Date('2026-11-20T12:00:00Z')
const million = 1_000_000

function priceOf(model: string): ModelPrice {
  const cut = model.indexOf('/')
  const price = prices.of(model.slice(0, cut), model.slice(cut + 1), day)
  if (price === null) throw new Error(`no price of ${model}`)
  return price
}

function cost(price: DatedPrice, usage: Partial<TokenUsage>): number {
  const whole = costOf(price, { input: 0, cached: 0, written: 0, output: 0, ...usage })
  return Math.round(whole * 1e9) / 1e9
}

describe('what the counted tokens cost', () => {
  test.each([
    // Per million: input, cache read, cache write, output.
    ['anthropic/claude-sonnet-5-5', [2, 0.1, 2.5, 10]],
    ['anthropic/claude-opus-5-5', [4, 0.2, 5, 20]],
    ['anthropic/claude-fable-5-1', [10, 0.25, 12.5, 50]],
    ['mistral/mistral-large-4', [1.36, 1.36, 1.36, 4.18]],
  ])('%s: each kind at its own price, at the input’s where it has none', (model, expected) => {
    const price = priceOf(model)
    const kinds = ['input', 'cached', 'written', 'output'] as const
    expect(kinds.map((kind) => cost(price, { [kind]: million }))).toEqual(expected)
  })

  test('a long prompt costs more in all its parts, and what was read from the cache counts as length', () => {
    const price = priceOf('anthropic/claude-haiku-5-5')
    expect(cost(price, { input: 50_000, cached: 50_000, output: 1000 })).toBe(0.006)
    // One token more: five times as much for input, cache and output alike.
    expect(cost(price, { input: 50_000, cached: 50_001, output: 1000 })).toBe(0.03000005)
    expect(cost(price, { written: 200_000 })).toBe(0.125)
  })

  test('the whole way from the provider’s own count', () => {
    const usage = {
      input_tokens: 10,
      cache_read_input_tokens: 4000,
      cache_creation_input_tokens: 1000,
      output_tokens: 5,
    }
    const [event] = anthropicEvents(JSON.stringify({ type: 'message_start', message: { usage } })) ?? []
    expect(event).toEqual({ type: 'usage', usage: { input: 10, cached: 4000, written: 1000, output: 5 } })
    const sonnet = priceOf('anthropic/claude-sonnet-5-5')
    expect(cost(sonnet, { input: 10, cached: 4000, written: 1000, output: 5 })).toBe(0.00297)
    const chat = { prompt_tokens: 5000, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 4000 } }
    const [counted] = openaiEvents(JSON.stringify({ choices: [], usage: chat })) ?? []
    expect(counted).toEqual({ type: 'usage', usage: { input: 1000, cached: 4000, output: 5 } })
    const writing = { ...chat, prompt_tokens_details: { cached_tokens: 3000, cache_write_tokens: 1500 } }
    const [both] = openaiEvents(JSON.stringify({ choices: [], usage: writing })) ?? []
    expect(both).toEqual({ type: 'usage', usage: { input: 500, cached: 3000, written: 1500, output: 5 } })
    const sol = priceOf('openai/gpt-6.1-sol')
    expect(cost(sol, { input: 500, cached: 3000, written: 1500, output: 5 })).toBe(0.0051)
  })
})

test('an estimate is never below what the same tokens cost, however much of them was cached or written', () => {
  for (const { kind, models } of providerTable) {
    for (const { id } of models) {
      const price = priceOf(`${kind}/${id}`)
      for (const total of [100, 90_000, 250_000, 400_000]) {
        const most = costAtMost(price, total, 1000)
        for (const share of [0, 0.5, 1]) {
          const part = Math.round(total * share)
          const usage = { input: total - part, output: 1000 }
          expect(most).toBeGreaterThanOrEqual(cost(price, { ...usage, cached: part }))
          expect(most).toBeGreaterThanOrEqual(cost(price, { ...usage, written: part }))
        }
      }
    }
  }
})

describe('what was confirmed', () => {
  test('the sheet is told for the size of the request at hand', () => {
    expect(priceFacts(priceOf('anthropic/claude-opus-5-5'), 1000)).toEqual({
      priceDate: '2026-09-22',
      priceConfirmed: true,
    })
    expect(priceFacts(priceOf('openai/gpt-6-luna'), 1000)).toEqual({ priceDate: '2026-09-22', priceConfirmed: false })
    const grok = priceOf('xai/grok-4.6')
    expect([1000, 204_801].map((tokens) => priceFacts(grok, tokens).priceConfirmed)).toEqual([true, false])
    expect(priceFacts(null, 1000)).toEqual({ priceDate: null, priceConfirmed: false })
  })

  test('a price the organisation names is taken as it is', () => {
    const named = { since: '2026-11-01', input: 1, output: 1, cacheRead: null, cacheWrite: null, longInput: null }
    const byPolicy = new Prices({}, { 'openai/gpt-6-luna': [named] }).of('openai', 'gpt-6-luna', day)
    expect(byPolicy).toEqual({ ...named, by: 'policy', unconfirmed: [] })
  })

  test('every listed model has a price that holds today, and nothing is priced that is not listed', () => {
    const listed = providerTable.flatMap(({ kind, models }) => models.map(({ id }) => `${kind}/${id}`))
    const file = JSON.parse(readFileSync(path.join(resources, 'prices.json'), 'utf8')) as { readonly prices: object } // as: parsed by the app as well
    expect(Object.keys(file.prices).toSorted()).toEqual(listed.toSorted())
    expect(listed.map((model) => priceOf(model).since <= '2026-11-20')).toEqual(listed.map(() => true))
  })
})
