// How messages, documents and the older part of a conversation are laid out for the model.

/** A message as it is shown to the model: its text with the documents already ahead of it. */
export type PromptMessage = { readonly role: 'person' | 'assistant'; readonly text: string }

/** One turn of the prompt. */
export type PromptTurn = { readonly role: 'system' | 'person' | 'assistant'; readonly text: string }

/** A file name (untrusted) as one short plain line. */
export function plainName(name: string): string {
  const line = name.replace(/[\p{C}\s<>]+/gu, ' ').trim()
  return [...line].slice(0, 120).join('')
}

/** A person's message with its documents, each fenced already, ahead of the question. */
export function withDocuments(text: string, fencedDocuments: readonly string[]): string {
  return [...fencedDocuments, text].join('\n\n')
}

/**
 * The turns for the model: system prompt (with the older part's summary as data), then the messages. Messages without
 * text are left out and neighbours of one role are joined, because chat templates expect roles to alternate.
 */
export function promptTurns(
  system: string,
  olderSummary: string | null,
  messages: readonly PromptMessage[],
): readonly PromptTurn[] {
  const head =
    olderSummary === null ? system : `${system}\n\n<conversation>\n${insideFence(olderSummary)}\n</conversation>`
  const turns: PromptTurn[] = [{ role: 'system', text: head }]
  for (const { role, text } of messages) {
    const last = turns.at(-1)
    if (text.trim() === '') continue
    if (last?.role === role) turns[turns.length - 1] = { role, text: `${last.text}\n\n${text}` }
    else turns.push({ role, text })
  }
  return turns
}

/** Messages as plain lines of one text, each after who wrote it. */
export function transcript(messages: readonly PromptMessage[]): string {
  return messages
    .filter((message) => message.text.trim() !== '')
    .map((message) => `${message.role === 'person' ? 'Person' : 'Assistant'}: ${message.text.trim()}`)
    .join('\n\n')
}

/** Text that cannot open or close a fence: every fence tag inside it loses its bracket. */
function insideFence(text: string): string {
  return text.replace(/<(?=\s*\/?\s*(?:document|conversation)\b)/giu, '‹').trim()
}
