// noImplicitOverride
class Base {
  size(): number {
    return 1
  }
}

/** Overrides in silence. */
export class NotOverriding extends Base {
  size(): number {
    return 2
  }
}
// canary: types TS4114
