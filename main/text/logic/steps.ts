// Long pure work in small steps: whoever drives it decides when others get a turn, and whether it goes on.

/** Work cut into steps; what it yields says how far it is. */
export type Steps<Step, Value> = Generator<Step, Value, void>

/** How far work is, in its own unit. */
export type StepCount = { readonly done: number; readonly total: number }

/** All steps at once, for what is short. */
export function atOnce<Value>(work: Steps<unknown, Value>): Value {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
  }
}

/** `make` for every item in order, with a step before each `stride` of them. */
export function* mapInSteps<Item, Value>(
  items: readonly Item[],
  stride: number,
  make: (item: Item, at: number) => Value,
): Steps<StepCount, Value[]> {
  const made: Value[] = []
  for (const [at, item] of items.entries()) {
    if (at % stride === 0) yield { done: at, total: items.length }
    made.push(make(item, at))
  }
  return made
}
