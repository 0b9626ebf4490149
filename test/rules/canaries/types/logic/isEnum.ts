// erasableSyntaxOnly
/** Does not erase. */
export enum Kind {
  One,
}
// canary: types TS1294
