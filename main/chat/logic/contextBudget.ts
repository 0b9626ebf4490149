// The arithmetic of one turn: what the context holds, what is kept for the answer, which oldest turns would have to go.
import type { ContextBudget } from '#contract/chat.ts'

/** One message of the prompt with the tokens it takes, its documents and its share of the chat wrapper included. */
export type CountedMessage = { readonly role: 'person' | 'assistant'; readonly tokens: number }

/** After leaving out, the prompt takes at most this share of its room, so that the next turns fit without moving again. */
const lowWater = 0.5

/** Tokens kept free for the answer: a quarter of the context, 1,024 at most. */
export function reservedTokens(contextTokens: number): number {
  return Math.min(1024, Math.floor(contextTokens / 4))
}

/** Tokens the older part's summary may take: an eighth of the context, 512 at most. */
export function olderSummaryTokens(contextTokens: number): number {
  return Math.min(512, Math.floor(contextTokens / 8))
}

/** Tokens of `fixedTokens` (system prompt, summary) and the messages from index `from` on. */
export function promptTokens(messages: readonly CountedMessage[], from: number, fixedTokens: number): number {
  return messages.slice(from).reduce((sum, message) => sum + message.tokens, fixedTokens)
}

/**
 * The index of the first message to keep, `from` or later. Returns `from` when all fits in `limitTokens`; otherwise
 * leaves out whole turns (a person's message and what answered it), oldest first, down to half of the limit. The last
 * person's message always stays, whether it fits or not.
 */
export function leaveOutOldest(
  messages: readonly CountedMessage[],
  from: number,
  fixedTokens: number,
  limitTokens: number,
): number {
  let tokens = promptTokens(messages, from, fixedTokens)
  if (tokens <= limitTokens) return from
  const last = messages.findLastIndex((message) => message.role === 'person')
  for (let index = from; index < last; index += 1) {
    if (index > from && messages[index]?.role === 'person' && tokens <= limitTokens * lowWater) return index
    tokens -= messages[index]?.tokens ?? 0
  }
  return Math.max(last, from)
}

/** The index of the first person's message after `from`, never beyond the last one; `from` when there is none. */
export function nextTurn(messages: readonly CountedMessage[], from: number): number {
  const next = messages.findIndex((message, index) => index > from && message.role === 'person')
  return next === -1 ? from : next
}

/** What a budget is reckoned from. `messages` ends with the draft; `from` is where the prompt begins now. */
export type BudgetParts = {
  readonly contextTokens: number
  readonly fixedTokens: number
  readonly messages: readonly CountedMessage[]
  readonly from: number
  readonly draftTokens: number
  readonly documentTokens: number
}

/** The budget of a turn; `messagesOverLimit` is what leaving out the oldest would leave out. */
export function contextBudget(parts: BudgetParts): ContextBudget {
  const reserved = reservedTokens(parts.contextTokens)
  const limit = parts.contextTokens - reserved
  const total = promptTokens(parts.messages, parts.from, parts.fixedTokens)
  const keep = leaveOutOldest(parts.messages, parts.from, parts.fixedTokens, limit)
  return {
    contextTokens: parts.contextTokens,
    reservedTokens: reserved,
    historyTokens: total - parts.draftTokens - parts.documentTokens,
    documentTokens: parts.documentTokens,
    draftTokens: parts.draftTokens,
    messagesOverLimit: keep - parts.from,
    fits: total <= limit,
  }
}
