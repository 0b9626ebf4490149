// A path as people paste it.

/** The path without blanks and the quotes a file manager puts around it; a `file:` address becomes a path. */
export function pathFrom(pasted: string): string {
  const bare = pasted.trim().replace(/^(["'])(.*)\1$/, '$2')
  if (!bare.startsWith('file://')) return bare
  const address = URL.parse(bare)
  if (address === null || address.host !== '') return bare
  const path = decoded(address.pathname)
  // On Windows the drive follows the first slash.
  return /^\/[A-Za-z]:\//.test(path) ? path.slice(1) : path
}

/** The last part of a path of any system. */
export function nameOfPath(path: string): string {
  return (
    path
      .split(/[/\\]/)
      .filter((part) => part !== '')
      .at(-1) ?? path
  )
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
