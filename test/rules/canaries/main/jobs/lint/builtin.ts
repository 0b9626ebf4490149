// Canary: this file must be refused.
/** A module by the back door. */
export function http(node: { getBuiltinModule(name: string): unknown }): unknown {
  return node.getBuiltinModule('http')
}
// canary: lint no-restricted-syntax no-back-door
