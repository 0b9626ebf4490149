// What a request costs: the price in force on a day, about before, actual after.
import type { ModelPrice } from '#contract/cloud.ts'
import type { TokenUsage } from './answerEvents.ts'

/** A price as a table lists it: `since` is the first day it holds. */
export type DatedPrice = Omit<ModelPrice, 'by' | 'unconfirmed'> & Partial<Pick<ModelPrice, 'unconfirmed'>>

/** The price in force on `day` (YYYY-MM-DD): the latest that began by then, or null before the first. */
export function priceOn(prices: readonly DatedPrice[], day: string): DatedPrice | null {
  return prices.filter(({ since }) => since <= day).sort((a, b) => (a.since < b.since ? 1 : -1))[0] ?? null
}

/** US dollars of counted tokens. Cache reads and writes count at their own price, at the input's where it has none. */
export function costOf(price: DatedPrice, usage: TokenUsage): number {
  const prompt = usage.input + usage.cached + usage.written
  const long = price.longInput !== null && prompt > price.longInput.aboveTokens ? price.longInput : null
  const factor = long === null ? 1 : long.input / price.input
  const input = usage.input * price.input * factor
  const cached = usage.cached * (price.cacheRead ?? price.input) * factor
  const written = usage.written * (price.cacheWrite ?? price.input) * factor
  return (input + cached + written + usage.output * (long?.output ?? price.output)) / 1_000_000
}

/**
 * At most what a request of this size costs, rounded up to a hundredth of a cent: all input at the dearest input price,
 * all of the output written.
 */
export function costAtMost(price: DatedPrice, inputTokens: number, maxOutputTokens: number): number {
  const dearest = { ...price, cacheRead: null, cacheWrite: null }
  const cost = costOf(dearest, { input: inputTokens, cached: 0, written: 0, output: maxOutputTokens })
  const writing = price.cacheWrite === null ? 1 : Math.max(1, price.cacheWrite / price.input)
  return Math.ceil(cost * writing * 10_000) / 10_000
}

/** What an estimate says of the price it was made with. */
export type PriceFacts = { readonly priceDate: string | null; readonly priceConfirmed: boolean }

/** Since when a price holds, and whether what an estimate of this size rests on was confirmed. */
export function priceFacts(price: ModelPrice | null, inputTokens: number): PriceFacts {
  if (price === null) return { priceDate: null, priceConfirmed: false }
  return { priceDate: price.since, priceConfirmed: isConfirmed(price, inputTokens) }
}

/** Whether the list prices of a request of this size were confirmed; cache prices only widen the bound of an estimate. */
function isConfirmed({ unconfirmed, longInput }: ModelPrice, inputTokens: number): boolean {
  const long = longInput !== null && inputTokens > longInput.aboveTokens
  const used = long ? (['longInput'] as const) : (['input', 'output'] as const) // as: literals
  return used.every((price) => !unconfirmed.includes(price))
}

/**
 * Tokens of a text at most, reckoned here: three characters a token for Latin letters, one and a quarter tokens for any
 * other character, and some for each piece's frame. Rounded up to two digits, because it is about.
 */
export function tokensAbout(texts: readonly string[]): number {
  let tokens = 0
  for (const text of texts) {
    let plain = 0
    for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) < 0x250) plain += 1
    tokens += plain / 3 + (text.length - plain) * 1.25 + 12
  }
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, tokens))) - 1)
  return Math.ceil(tokens / step) * step
}
