// Turns as the engine's chat wrappers take them.
import type { ChatHistoryItem } from 'node-llama-cpp'
import { assertNever } from '#contract/result.ts'
import type { Turn } from '../localGenerator.ts'

/** The turns, closed by an empty answer to be written. Plain strings only, so no text becomes a control token. */
export function historyOf(turns: readonly Turn[]): ChatHistoryItem[] {
  const items = turns.map(itemOf)
  return turns.at(-1)?.role === 'assistant' ? items : [...items, { type: 'model', response: [] }]
}

function itemOf(turn: Turn): ChatHistoryItem {
  switch (turn.role) {
    case 'system':
      return { type: 'system', text: turn.text }
    case 'person':
      return { type: 'user', text: turn.text }
    case 'assistant':
      return { type: 'model', response: [turn.text] }
    default:
      return assertNever(turn.role)
  }
}
