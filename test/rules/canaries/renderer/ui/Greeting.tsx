// Canary: this file must be refused.
/** Speaks by itself. */
export function Greeting(): unknown {
  return <p>Hello</p>
}
// canary: lint local/no-literal-text
