// How long a consent holds, told by two clocks, so that setting one of them back prolongs nothing.

/** A moment in milliseconds: by the wall clock, which runs on while the computer sleeps, and by one nobody can set. */
export type Moment = { readonly wallMs: number; readonly steadyMs: number }

/** From when on, and for how long, something holds. */
export type Lifetime = { readonly from: Moment; readonly milliseconds: number }

/** True as soon as either clock says so; a wall clock set back past the beginning says so too. */
export function isOver({ from, milliseconds }: Lifetime, now: Moment): boolean {
  const elapsed = now.wallMs - from.wallMs
  return elapsed < 0 || elapsed >= milliseconds || now.steadyMs - from.steadyMs >= milliseconds
}
