// erasableSyntaxOnly
/** Does not erase. */
export class ParameterProperty {
  constructor(readonly size: number) {}
}
// canary: types TS1294
