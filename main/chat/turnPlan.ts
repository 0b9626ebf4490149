// A turn before it is answered: which message, after what, and what to do when it does not fit. Types only.
import type { NewMessage } from './conversationStore.ts'
import type { Compaction, StoredMessage } from './storedMessage.ts'
import type { Overflow } from './turnPreparer.ts'

/** A turn to answer: `person` is the message to answer, which regenerating finds stored already. */
export type TurnPlan = {
  readonly conversationId: string
  /** Every stored message of the conversation; nobody adds any until this turn has ended. */
  readonly tree: readonly StoredMessage[]
  /** The stored messages before the person's, from the root. */
  readonly before: readonly StoredMessage[]
  readonly person: NewMessage
  readonly personIsStored: boolean
  readonly compaction: Compaction | null
  readonly overflow: Overflow
  readonly seed: number | undefined
}
