// Has the model on this computer look for names, where the catalogue says that it can. It adds to the rules, never replaces them.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { NamesSearch } from '#contract/cloudDraft.ts'
import { ok, type Result } from '#contract/result.ts'
import type { LocalGenerator } from '../../inference/localGenerator.ts'
import type { PromptLibrary } from '../../prompts/promptLibrary.ts'
import { believedTerms, type NamedTerm, overlappingPieces } from './logic/namedTerms.ts'

/** Names beyond the rules', and how they were looked for. What was found before a search broke off is in `terms` too. */
export type NamesFound = { readonly terms: readonly NamedTerm[]; readonly search: NamesSearch }

/** A model that can name entities. */
export type AbleModel = { readonly name: string; readonly sha256: string }

/** `able` answers the chosen model if it can, else null. `deadline` aborts after so many milliseconds. */
export type NameFinderDeps = {
  readonly generator: Pick<LocalGenerator, 'generate'>
  readonly prompts: Pick<PromptLibrary, 'get'>
  readonly able: (signal: AbortSignal) => Promise<AbleModel | null>
  readonly deadline?: (milliseconds: number) => AbortSignal
}

/** How a person waits for a sheet at most, in milliseconds, whatever the engine does. */
const limitMs = 20_000
const pieceCharacters = 4000
const overlapCharacters = 120
const answerTokens = 1000
/** Texts that were searched and are remembered: a conversation sends itself again with every message. */
const remembered = 200

const answerShape = z.object({ people: z.array(z.string()), organisations: z.array(z.string()) })
const names = { type: 'array', items: { type: 'string' } } as const // as: a schema, not a type
const answerSchema = {
  type: 'object',
  properties: { people: names, organisations: names },
  required: ['people', 'organisations'],
  additionalProperties: false,
} as const // as: a schema, not a type

/** What stands in where no model is wired in. */
export const noNameFinder: Pick<NameFinder, 'find' | 'close'> = {
  find: () => Promise.resolve({ terms: [], search: rulesOnly('not-able') }),
  close: () => undefined,
}

/** Looks for names with the model here. Never fails and never waits for ever: what went wrong is told in `search`. */
export class NameFinder {
  readonly #deps: NameFinderDeps
  readonly #known = new Map<string, readonly NamedTerm[]>()
  readonly #closing = new AbortController()

  constructor(deps: NameFinderDeps) {
    this.#deps = deps
  }

  /** Names of people and organisations in the texts, each of which stands in one of them letter for letter. */
  async find(texts: readonly string[], signal: AbortSignal): Promise<NamesFound> {
    const late = (this.#deps.deadline ?? AbortSignal.timeout)(limitMs)
    const limit = AbortSignal.any([signal, this.#closing.signal, late])
    const terms: NamedTerm[] = []
    const brokenOff = rulesOnlyWhen(limit, () => (late.aborted ? 'too-long' : 'stopped'))
    const search = await Promise.race([this.#search(texts, limit, terms), brokenOff])
    return { terms: [...terms], search }
  }

  /** Breaks off what is under way. */
  close(): void {
    this.#closing.abort()
  }

  async #search(texts: readonly string[], signal: AbortSignal, found: NamedTerm[]): Promise<NamesSearch> {
    try {
      const model = await this.#deps.able(signal)
      if (model === null) return rulesOnly('not-able')
      for (const text of texts) {
        for (const piece of overlappingPieces(text, pieceCharacters, overlapCharacters)) {
          const named = await this.#named(piece, model, signal)
          if (signal.aborted || !named.ok) return rulesOnly('failed')
          found.push(...named.value)
        }
      }
      return { by: 'model', model: model.name, why: null }
    } catch {
      // A model that breaks must not keep anybody from being told that only the rules looked.
      return rulesOnly('failed')
    }
  }

  async #named(text: string, model: AbleModel, signal: AbortSignal): Promise<Result<readonly NamedTerm[]>> {
    if (!/[\p{Lu}\p{Lt}\p{Lo}]/u.test(text)) return ok([])
    const key = createHash('sha256').update(`${model.sha256} ${text}`).digest('hex')
    const known = this.#known.get(key)
    if (known !== undefined) return ok(known)
    const prompt = this.#deps.prompts.get('redact-names').render({ text })
    const generated = await this.#deps.generator.generate(
      {
        lane: { kind: 'map' },
        turns: [{ role: 'person', text: prompt }],
        maxTokens: answerTokens,
        temperature: 0,
        seed: 0,
        jsonSchema: answerSchema,
      },
      { signal },
    )
    if (!generated.ok) return generated
    const { people, organisations } = answerShape.parse(JSON.parse(generated.value.text))
    const named = believedTerms(text, [
      ...people.map((name) => ({ text: name, class: 'person' as const })),
      ...organisations.map((name) => ({ text: name, class: 'organisation' as const })),
    ])
    this.#remember(key, named)
    return ok(named)
  }

  #remember(key: string, named: readonly NamedTerm[]): void {
    this.#known.set(key, named)
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= remembered) break
      this.#known.delete(oldest)
    }
  }
}

function rulesOnly(why: NamesSearch['why']): NamesSearch {
  return { by: 'rules', model: null, why }
}

function rulesOnlyWhen(signal: AbortSignal, why: () => NamesSearch['why']): Promise<NamesSearch> {
  return new Promise((resolve) => {
    const end = (): void => resolve(rulesOnly(why()))
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
}
