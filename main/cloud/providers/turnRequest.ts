// What both wires are asked to write down. Types only.
import type { ProviderKind } from '#contract/cloud.ts'
import type { TaskPiece } from '../cloudTask.ts'

/** Where a request goes and what the model there is called. */
export type WireTarget = {
  readonly kind: ProviderKind
  readonly baseUrl: string
  readonly modelId: string
  readonly thinking: boolean
}

/** A request before it is written in a wire's way; the pieces hold the text exactly as it is to be sent. */
export type TurnRequest = {
  readonly target: WireTarget
  readonly pieces: readonly Pick<TaskPiece, 'kind' | 'text'>[]
  readonly maxOutputTokens: number
}

/** Pieces of one speaker, in a row. */
export type SpeakerTurn = { readonly role: 'user' | 'assistant'; readonly texts: readonly string[] }

/** The system's words, and the turns: documents belong to the person who brings them. */
export function turnsOf(pieces: TurnRequest['pieces']): {
  readonly system: readonly string[]
  readonly turns: readonly SpeakerTurn[]
} {
  const system: string[] = []
  const turns: { role: SpeakerTurn['role']; texts: string[] }[] = []
  for (const { kind, text } of pieces) {
    if (text === '') continue
    if (kind === 'instructions' && turns.length === 0) {
      system.push(text)
      continue
    }
    const role = kind === 'assistant' ? 'assistant' : 'user'
    const last = turns.at(-1)
    if (last?.role === role) last.texts.push(text)
    else turns.push({ role, texts: [text] })
  }
  return { system, turns }
}
