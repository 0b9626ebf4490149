// Names a conversation after its first answer, on this computer, in the background.
import { ok, type Result } from '#contract/result.ts'
import type { LocalGenerator } from '../inference/localGenerator.ts'
import type { ChatPrompts } from './chatSources.ts'
import { titleFromModel } from './logic/conversationTitle.ts'
import { type PromptMessage, transcript } from './logic/promptText.ts'

/** Characters of each message the title is made from. */
const excerptCharacters = 1000

/** Writes titles. Failures are the generator's; a title is never worth telling the person about a failure. */
export class TitleWriter {
  readonly #generator: LocalGenerator
  readonly #prompts: ChatPrompts

  constructor(deps: { readonly generator: LocalGenerator; readonly prompts: ChatPrompts }) {
    this.#generator = deps.generator
    this.#prompts = deps.prompts
  }

  /** A title for an exchange; null when the model wrote none, was stopped, or cannot write in its own words. */
  async write(exchange: readonly PromptMessage[], signal: AbortSignal): Promise<Result<string | null>> {
    const loaded = await this.#generator.load(signal)
    if (!loaded.ok) return loaded
    if (loaded.value.summaryMode !== 'free' || signal.aborted) return ok(null)
    const excerpts = exchange.map(({ role, text }) => ({ role, text: text.slice(0, excerptCharacters) }))
    const text = this.#prompts.get('chat-title').render({ conversation: transcript(excerpts) })
    const generated = await this.#generator.generate(
      { lane: { kind: 'map' }, turns: [{ role: 'person', text }], maxTokens: 32, temperature: 0, seed: 0 },
      { signal },
    )
    if (!generated.ok) return generated
    return ok(generated.value.reason === 'stopped' ? null : titleFromModel(generated.value.text))
  }
}
