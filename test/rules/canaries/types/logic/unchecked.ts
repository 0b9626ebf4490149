// noUncheckedIndexedAccess
/** Forgets that a list ends. */
export function first(list: readonly number[]): number {
  return list[0]
}
// canary: types TS2322
