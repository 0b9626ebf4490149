// Joins class names, leaving out what does not apply.

/** The truthy names, separated by spaces. */
export function classNames(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}
