// Canary: this file must be refused.
/** Builds a function from text. */
export function build(make: { readonly constructor: (text: string) => unknown }): unknown {
  return make.constructor('return 1')
}
// canary: lint no-restricted-syntax no-built-functions
