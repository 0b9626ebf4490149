// Logic compiles without DOM.
/** The window in logic. */
export const page = document.title
// canary: types TS2584
