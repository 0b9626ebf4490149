// Canary: this file must be refused.
/** Imports what nobody can read. */
export async function load(name: string): Promise<unknown> {
  return import(name)
}
// canary: lint no-restricted-syntax no-computed-import
