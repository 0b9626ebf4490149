// Summarizes the older part of a conversation on this computer, piece by piece, each piece onto the summary so far.
import { ok, type Result } from '#contract/result.ts'
import type { GenerationListener, LoadedModel, LocalGenerator, Turn } from '../inference/localGenerator.ts'
import type { ChatPrompts } from './chatSources.ts'
import { olderSummaryTokens } from './logic/contextBudget.ts'
import { olderPieces } from './logic/olderPieces.ts'
import { type PromptMessage, transcript } from './logic/promptText.ts'

/** What to summarize: the summary of what came before, if any, and the messages after it. */
export type OlderPart = { readonly summary: string | null; readonly messages: readonly PromptMessage[] }

/** A summary, or word that it was stopped; `text` is null when the model wrote nothing. */
export type OlderSummary = { readonly stopped: boolean; readonly text: string | null }

/** Characters a token surely stands for in most scripts; pieces that are still too long are halved. */
const charactersPerToken = 2.5

/** Writes summaries of older turns. Failures are the generator's. */
export class OlderSummaryWriter {
  readonly #generator: LocalGenerator
  readonly #prompts: ChatPrompts

  constructor(deps: { readonly generator: LocalGenerator; readonly prompts: ChatPrompts }) {
    this.#generator = deps.generator
    this.#prompts = deps.prompts
  }

  /** Summarizes a part in at most `olderSummaryTokens`; `listener.onReading` counts tokens over all pieces. */
  async write(model: LoadedModel, part: OlderPart, listener: GenerationListener): Promise<Result<OlderSummary>> {
    const room = (model.mapContextTokens - 2 * olderSummaryTokens(model.contextTokens)) * charactersPerToken
    const queue = [...olderPieces([transcript(part.messages)], Math.max(200, Math.floor(room)))]
    const totalTokens = await this.#total(queue)
    if (!totalTokens.ok) return totalTokens
    let summary = part.summary
    let doneTokens = 0
    for (let piece = queue.shift(); piece !== undefined; piece = queue.shift()) {
      const turns = this.#turns(summary, piece)
      const tokens = await this.#generator.countTurnTokens(turns)
      if (!tokens.ok) return tokens
      if (tokens.value + olderSummaryTokens(model.contextTokens) > model.mapContextTokens && piece.length > 200) {
        queue.unshift(...olderPieces([piece], Math.ceil(piece.length / 2)))
        continue
      }
      const step = await this.#step(model, turns, {
        signal: listener.signal,
        onReading: (evaluated) =>
          listener.onReading?.(Math.min(doneTokens + evaluated, totalTokens.value), totalTokens.value),
      })
      if (!step.ok) return step
      if (step.value.stopped) return step
      summary = step.value.text ?? summary
      doneTokens = Math.min(doneTokens + tokens.value, totalTokens.value)
    }
    return ok({ stopped: false, text: summary })
  }

  #turns(summary: string | null, piece: string): readonly Turn[] {
    const conversation = summary === null ? piece : `${summary}\n\n${piece}`
    return [{ role: 'person', text: this.#prompts.get('chat-older').render({ conversation }) }]
  }

  async #step(model: LoadedModel, turns: readonly Turn[], listener: GenerationListener): Promise<Result<OlderSummary>> {
    const maxTokens = olderSummaryTokens(model.contextTokens)
    const generated = await this.#generator.generate(
      { lane: { kind: 'map' }, turns, maxTokens, temperature: 0, seed: 0 },
      listener,
    )
    if (!generated.ok) return generated
    const text = generated.value.text.trim()
    return ok({ stopped: generated.value.reason === 'stopped', text: text === '' ? null : text })
  }

  async #total(pieces: readonly string[]): Promise<Result<number>> {
    const counts = await this.#generator.countTokens(pieces)
    return counts.ok ? ok(counts.value.reduce((sum, count) => sum + count, 0)) : counts
  }
}
