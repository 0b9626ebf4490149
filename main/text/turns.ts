// Drives long pure work in short turns of the event loop, so that windows, stops and other work get theirs in between.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Steps } from './logic/steps.ts'

/** Others get a turn after so many milliseconds of work. */
export const turnMilliseconds = 12

/** Who may stop the work, and the clock its turns are cut by. */
export type TurnTaking = { readonly signal: AbortSignal; readonly now: () => Date }

/** The value of the work; null when it was stopped, which is noticed at the next turn. */
export async function inTurns<Value>(work: Steps<unknown, Value>, taking: TurnTaking): Promise<Value | null> {
  const turns = tellingTurns(work, taking)
  for (;;) {
    const turn = await turns.next()
    if (turn.done === true) return turn.value
  }
}

/** The same, telling the step the work is at whenever a turn ends. */
export async function* tellingTurns<Step, Value>(
  work: Steps<Step, Value>,
  { signal, now }: TurnTaking,
): AsyncGenerator<Step, Value | null, void> {
  if (signal.aborted) return null
  let began = now().getTime()
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
    if (now().getTime() - began < turnMilliseconds) continue
    yield step.value
    await nextTurn()
    if (signal.aborted) return null
    began = now().getTime()
  }
}
