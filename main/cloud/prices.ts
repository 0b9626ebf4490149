// The price table that came with the app, with the organisation's own prices over it.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type ModelPrice, modelPrice } from '#contract/cloud.ts'
import type { Logger } from '../host.ts'
import { type DatedPrice, priceOn } from './logic/price.ts'

const datedPrice = modelPrice.omit({ by: true })
const priceFile = z.strictObject({
  version: z.literal(1),
  currency: z.literal('USD per million tokens'),
  prices: z.record(z.string(), z.array(datedPrice)),
})

/** Prices by `<provider>/<model>`. */
export type PriceList = Readonly<Record<string, readonly DatedPrice[]>>

/** Prices in force, by provider, model and day. A model that is not listed has no known price. */
export class Prices {
  readonly #table: PriceList
  readonly #byPolicy: PriceList

  /** `byPolicy` wins over the table, wherever it has a price for the day. */
  constructor(table: PriceList, byPolicy: PriceList) {
    this.#table = table
    this.#byPolicy = byPolicy
  }

  /** Reads `prices.json` of the resources folder. A file that is missing or does not parse leaves no prices, and is logged. */
  static async load(resources: string, byPolicy: PriceList, logger: Logger): Promise<Prices> {
    try {
      const parsed = priceFile.safeParse(JSON.parse(await readFile(join(resources, 'prices.json'), 'utf8')))
      if (parsed.success) return new Prices(parsed.data.prices, byPolicy)
      logger.warn('cloud-prices-unreadable', { code: 'invalid' })
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unparsable'
      logger.warn('cloud-prices-unreadable', { code })
    }
    return new Prices({}, byPolicy)
  }

  /** The price of a model on the day of `at`, or null. */
  of(providerId: string, modelId: string, at: Date): ModelPrice | null {
    const day = at.toISOString().slice(0, 10)
    const key = `${providerId}/${modelId}`
    const byPolicy = priceOn(this.#byPolicy[key] ?? [], day)
    if (byPolicy !== null) return { ...byPolicy, by: 'policy', unconfirmed: [] }
    const listed = priceOn(this.#table[key] ?? [], day)
    return listed === null ? null : { ...listed, by: 'table', unconfirmed: listed.unconfirmed ?? [] }
  }
}
