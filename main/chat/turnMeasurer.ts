// Counts what a turn would take: system prompt, every message with its documents, the draft.
import { ok, type Result } from '#contract/result.ts'
import type { LoadedModel, LocalGenerator, Turn } from '../inference/localGenerator.ts'
import { type AttachedDocument, AttachedDocuments } from './attachedDocuments.ts'
import type { ChatDocuments, ChatPrompt, ChatPrompts } from './chatSources.ts'
import { type CountedMessage, olderSummaryTokens, promptTokens, reservedTokens } from './logic/contextBudget.ts'
import { type PromptMessage, promptTurns, withDocuments } from './logic/promptText.ts'
import type { Compaction, Shortening } from './storedMessage.ts'
import { type CountedText, TokenCounts } from './tokenCounts.ts'

/** A message on its way to the model. `key` names its text for good; null while it may still change. */
export type TurnMessage = {
  readonly id: string | null
  readonly key: string | null
  readonly role: 'person' | 'assistant'
  readonly text: string
  readonly documentIds: readonly string[]
}

/** A turn to be measured: the shown branch, ending with the person's message or draft. */
export type TurnInput = { readonly messages: readonly TurnMessage[]; readonly compaction: Compaction | null }

/** Where the prompt begins and what stands for the messages before; `from` is an index into the messages. */
export type PromptWindow = { readonly from: number; readonly summary: string | null }

/** A measured turn; the counts are estimates (each text on its own plus the wrapper's share). */
export type MeasuredTurn = {
  readonly input: TurnInput
  readonly model: LoadedModel
  readonly prompt: ChatPrompt
  readonly limitTokens: number
  readonly systemTokens: number
  readonly summaryTokens: number
  readonly counted: readonly CountedMessage[]
  readonly draftTokens: number
  readonly documentTokens: number
  /** The documents of each message. */
  readonly attached: readonly (readonly AttachedDocument[])[]
  readonly shortened: readonly Shortening[]
  readonly documents: AttachedDocuments
}

/** A window tried for size. `turns` is there when it was laid out; far too long ones are refused by estimate alone. */
export type Attempt = {
  readonly fits: boolean
  readonly tokens: number
  readonly turns: readonly Turn[] | null
}

/** What the measurer needs. */
export type TurnMeasurerDeps = {
  readonly generator: LocalGenerator
  readonly documents: ChatDocuments
  readonly prompts: ChatPrompts
}

/** Measures and lays out turns. Failures: the generator's, the storage's, `not-found` for the last message's documents. */
export class TurnMeasurer {
  readonly #deps: TurnMeasurerDeps
  readonly #counts: TokenCounts

  constructor(deps: TurnMeasurerDeps) {
    this.#deps = deps
    this.#counts = new TokenCounts(deps.generator)
  }

  /** Loads the model if need be and counts every part, documents as they are shortened. */
  async measure(
    input: TurnInput,
    shortened: readonly Shortening[],
    signal: AbortSignal,
  ): Promise<Result<MeasuredTurn>> {
    const documents = new AttachedDocuments(this.#deps)
    const all = await attachedOf(input.messages, shortened, documents)
    if (!all.ok) return all
    const loaded = await this.#deps.generator.load(signal)
    if (!loaded.ok) return loaded
    const model = loaded.value
    const overhead = await this.#counts.turnOverhead(model)
    if (!overhead.ok) return overhead
    const prompt = this.#deps.prompts.get('chat-system')
    const counts = await this.#count(model, prompt, input, documents, all.value)
    if (!counts.ok) return counts
    const { system, summary, texts, attached } = counts.value
    return ok({
      input,
      model,
      prompt,
      limitTokens: model.contextTokens - reservedTokens(model.contextTokens),
      systemTokens: system + overhead.value,
      summaryTokens: summary,
      counted: input.messages.map(({ role }, index) => ({
        role,
        tokens: (texts[index] ?? 0) + (attached[index] ?? 0) + overhead.value,
      })),
      draftTokens: texts.at(-1) ?? 0,
      documentTokens: attached.at(-1) ?? 0,
      attached: all.value,
      shortened,
      documents,
    })
  }

  /** Lays a window out and counts it exactly, unless the estimate says that it is far too long. */
  async attempt(measured: MeasuredTurn, window: PromptWindow): Promise<Result<Attempt>> {
    const estimate = this.estimate(measured, window)
    if (estimate > measured.limitTokens * 1.1 + 32) return ok({ fits: false, tokens: estimate, turns: null })
    const messages = await this.#rendered(measured, window.from)
    if (!messages.ok) return messages
    const turns = promptTurns(measured.prompt.render({}), window.summary, messages.value)
    const tokens = await this.#deps.generator.countTurnTokens(turns)
    if (!tokens.ok) return tokens
    return ok({ fits: tokens.value <= measured.limitTokens, tokens: tokens.value, turns })
  }

  /** Estimated tokens of a window; a summary that is not the stored one counts with the most it may take. */
  estimate(measured: MeasuredTurn, window: PromptWindow): number {
    return promptTokens(measured.counted, window.from, fixedTokens(measured, window.summary))
  }

  /** The messages from index `from` on as the model sees them. */
  async #rendered(measured: MeasuredTurn, from: number): Promise<Result<readonly PromptMessage[]>> {
    const rendered: PromptMessage[] = []
    for (const [index, message] of measured.input.messages.entries()) {
      if (index < from) continue
      const attached: string[] = []
      for (const one of measured.attached[index] ?? []) {
        const document = await measured.documents.fenced(one)
        if (!document.ok) return document
        attached.push(document.value)
      }
      rendered.push({ role: message.role, text: withDocuments(message.text, attached) })
    }
    return ok(rendered)
  }

  async #count(
    model: LoadedModel,
    prompt: ChatPrompt,
    input: TurnInput,
    documents: AttachedDocuments,
    all: readonly (readonly AttachedDocument[])[],
  ): Promise<Result<{ system: number; summary: number; texts: readonly number[]; attached: readonly number[] }>> {
    const summary = input.compaction?.text ?? ''
    const flat = all.flatMap((ofMessage, index) => ofMessage.map((one) => ({ index, one })))
    const counts = await this.#counts.count(model, [
      plainText(`prompt:${prompt.id}:${prompt.version}`, prompt.render({})),
      plainText(null, summary),
      ...input.messages.map((message) => plainText(message.key, message.text)),
      ...flat.map(({ one }) => documents.counted(one)),
    ])
    if (!counts.ok) return counts
    const [system = 0, older = 0, ...rest] = counts.value
    const attached = input.messages.map(() => 0)
    flat.forEach(({ index }, order) => {
      attached[index] = (attached[index] ?? 0) + (rest[input.messages.length + order] ?? 0)
    })
    return ok({ system, summary: older, texts: rest.slice(0, input.messages.length), attached })
  }
}

/** Tokens ahead of the messages: system prompt and the older part's summary. */
export function fixedTokens(measured: MeasuredTurn, summary: string | null): number {
  if (summary === null) return measured.systemTokens
  const stored = summary === measured.input.compaction?.text
  return measured.systemTokens + (stored ? measured.summaryTokens : olderSummaryTokens(measured.model.contextTokens))
}

function plainText(key: string | null, text: string): CountedText {
  return { key, text: async () => ok(text) }
}

/** The documents of each message; those of the last one must all be there. */
async function attachedOf(
  messages: readonly TurnMessage[],
  shortened: readonly Shortening[],
  documents: AttachedDocuments,
): Promise<Result<readonly (readonly AttachedDocument[])[]>> {
  const all: (readonly AttachedDocument[])[] = []
  for (const [index, message] of messages.entries()) {
    const records = await documents.records(message.documentIds, index === messages.length - 1)
    if (!records.ok) return records
    all.push(
      records.value.map((record) => {
        const cut = shortened.find(({ messageId, documentId }) => messageId === message.id && documentId === record.id)
        return { record, usedSegments: cut?.usedSegments ?? null }
      }),
    )
  }
  return ok(all)
}
