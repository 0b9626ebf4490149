// Canary: this file must be refused.
/** Speaks by itself. */
export function Button(): unknown {
  return <button title="Stop" />
}
// canary: lint local/no-literal-text
