// Logic has no timers.
/** A timer in logic. */
export const timer = setTimeout(() => {}, 1)
// canary: types TS2304
