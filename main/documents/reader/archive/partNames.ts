// Names of the parts of a package: how they are written, and which of them point where they should not.

/** A part's name as text; some old writers use backslashes where slashes belong. */
export function partName(raw: Uint8Array): string {
  return new TextDecoder().decode(raw).replaceAll('\\', '/')
}

/** Whether a name is absolute, names a drive, climbs out, or holds a NUL. */
export function nameProblem(part: string): boolean {
  return part === '' || part.startsWith('/') || /^[a-z]:/i.test(part) || part.includes('\0') || hasClimb(part)
}

function hasClimb(part: string): boolean {
  return part.split('/').some((step) => step === '..')
}

/**
 * The part a reference means: relative to the folder of `from`, or to the root when it begins with a slash. null when it
 * is an address of something else or leads out of the package.
 */
export function resolvePart(from: string, reference: string): string | null {
  const path = decoded(reference.replace(/[?#].*$/s, ''))
  if (path === null || path === '' || /^[a-z][a-z0-9+.-]*:/i.test(path) || path.startsWith('//')) return null
  const steps = path.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const step of path.replaceAll('\\', '/').split('/')) {
    if (step === '' || step === '.') continue
    if (step !== '..') steps.push(step)
    else if (steps.pop() === undefined) return null
  }
  return steps.join('/')
}

function decoded(reference: string): string | null {
  try {
    return decodeURIComponent(reference)
  } catch {
    return null
  }
}
