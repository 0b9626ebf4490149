// Logic compiles without Node.
/** Node in logic. */
export const home = process.env
// canary: types TS2591
