// What a state of a room is: a place in the window, the answers it is given, and what brings it about.
import type { Page } from '@playwright/test'
import type { Answers } from './alteredAnswers.ts'
import type { Words } from './words.ts'

/** A state of a room. `act` brings it about once the page at `hash` is there. */
export type RoomState = {
  readonly name: string
  readonly hash: string
  readonly answers?: Answers
  act?(page: Page, say: Words): Promise<void>
}
