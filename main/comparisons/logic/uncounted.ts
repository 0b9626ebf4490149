// Passes of the work that are too many, and too short, to be told as a count each.
import type { StepCount, Steps } from '../../text/logic/steps.ts'

/** The same work in the same steps, each of them 0 of 0: how far it is, is not known. */
export function* uncounted<Value>(work: Steps<StepCount, Value>): Steps<StepCount, Value> {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
    yield { done: 0, total: 0 }
  }
}
