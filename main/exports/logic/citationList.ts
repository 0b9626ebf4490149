// Numbers the passages of an export: the same passage of the same place has one number, however often it is cited.
import type { Locator, Segment } from '#contract/document.ts'
import type { ExportedCitation, ExportedStatement } from '#contract/exportFile.ts'
import type { Claim } from '#contract/summary.ts'
import { passageAt } from './passageAt.ts'

/** What is cited from: segments by the document's position in the export. */
export type CitedTexts = ReadonlyMap<number, readonly Segment[]>

/** Collects citations in the order they first occur. */
export class CitationList {
  readonly #texts: CitedTexts
  readonly #byKey = new Map<string, ExportedCitation>()

  constructor(texts: CitedTexts) {
    this.#texts = texts
  }

  /** All citations so far, by number. */
  get citations(): ExportedCitation[] {
    return [...this.#byKey.values()]
  }

  /** A claim with the numbers of its passages. */
  statement(claim: Claim, document: number): ExportedStatement {
    const { text, supported, support, notes, locators } = claim
    return {
      text,
      supported,
      ...(support === undefined ? {} : { support }),
      ...(notes === undefined ? {} : { notes }),
      citations: [...new Set(locators.map((locator) => this.cite(document, locator, text)))],
    }
  }

  /** The number of the passage at a place. */
  cite(document: number, locator: Locator, statement: string): number {
    const passage = passageAt(this.#texts.get(document) ?? [], locator, statement)
    return this.quote(document, [locator], passage)
  }

  /** The number of a passage whose words are known. */
  quote(document: number, locators: readonly Locator[], passage: string): number {
    const key = JSON.stringify([document, locators, passage])
    const known = this.#byKey.get(key)
    if (known !== undefined) return known.number
    const number = this.#byKey.size + 1
    this.#byKey.set(key, { number, document, locators: [...locators], passage })
    return number
  }
}
