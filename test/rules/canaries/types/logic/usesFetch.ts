// Logic compiles without DOM and without the network.
/** The network in logic. */
export const answer = fetch('http://localhost')
// canary: types TS2304
