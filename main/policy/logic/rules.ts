// What a policy decides besides locked settings, as lines a person can read: each key that differs from having no policy.

/** One decision: the key as it is written in the file, and its value as text. */
export type PolicyRule = { readonly key: string; readonly value: string }

type Tree = Readonly<Record<string, unknown>>

/** Locked settings have a list of their own, and the other two decide nothing. */
const elsewhere: ReadonlySet<string> = new Set(['version', 'organisation', 'settings'])

/** The rules of `values` in the order of the file; what is as in `without` is left out. */
export function rulesOf(values: Tree, without: Tree): readonly PolicyRule[] {
  return Object.entries(values)
    .filter(([key]) => !elsewhere.has(key))
    .flatMap(([key, value]) => linesOf(key, value, without[key]))
}

function linesOf(key: string, value: unknown, without: unknown): readonly PolicyRule[] {
  if (value === undefined || JSON.stringify(value) === JSON.stringify(without)) return []
  if (isTree(value)) {
    const known = isTree(without) ? without : {}
    return Object.entries(value).flatMap(([name, inner]) => linesOf(`${key}.${name}`, inner, known[name]))
  }
  return [{ key, value: textOf(value) }]
}

/** An empty list decides most of all (nobody, nothing), so it must not look like no value. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  const isList = Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string')
  return isList ? value.join(', ') : JSON.stringify(value)
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
