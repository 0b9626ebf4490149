// Where a model comes from: `user/repo/file` or an address, turned into parts that are safe to put into a path.

/** A file of a repository. */
export type RepositoryFile = { readonly repository: string; readonly file: string }

/** The public hub. A mirror answers the same paths below its own address. */
export const publicHub = 'https://huggingface.co'

const part = /^[A-Za-z0-9][A-Za-z0-9._-]{0,95}$/
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/**
 * Reads `user/repo/file.gguf` (folders between allowed), or an address of a file on the hub or the mirror as people
 * copy it; null when it is neither, or any part could leave its folder.
 */
export function readSource(source: string, base: string): RepositoryFile | null {
  const address = /^[a-z]+:\/\//i.test(source)
  if (address && !source.startsWith(`${base}/`)) return null
  const path = address ? source.slice(base.length + 1).replace(/[?#].*$/, '') : source
  const parts = path.split('/')
  const kind = parts[2]
  if (address && (kind === 'resolve' || kind === 'blob')) parts.splice(2, 2)
  if (parts.length < 3 || parts.length > 6 || !parts.every(isSafe)) return null
  const file = parts.slice(2).join('/')
  return /\.gguf$/i.test(file) ? { repository: `${parts[0]}/${parts[1]}`, file } : null
}

/** Reads `user/repo`, or the address of a repository's page on the hub or the mirror; null when it is neither. */
export function readRepository(source: string, base: string): string | null {
  const address = /^[a-z]+:\/\//i.test(source)
  if (address && !source.startsWith(`${base}/`)) return null
  const path = address ? source.slice(base.length + 1).replace(/[?#].*$/, '') : source
  const parts = path.replace(/\/+$/, '').split('/')
  if (address && parts[2] === 'tree' && parts[3] === 'main') parts.splice(2)
  return parts.length === 2 && parts.every(isSafe) ? parts.join('/') : null
}

/** Where the hub, or a mirror, lists a repository's files. */
export function listAddressOf(base: string, repository: string): string {
  return `${base.replace(/\/+$/, '')}/api/models/${repository}/tree/main?recursive=true`
}

/** The address of a file below the hub or a mirror. */
export function addressOf(base: string, { repository, file }: RepositoryFile): string {
  return `${base.replace(/\/+$/, '')}/${repository}/resolve/main/${file}`
}

/** A file name for any system, from a file of a repository: its last part, or null when any part is unsafe. */
export function fileNameOf(file: string): string | null {
  const parts = file.split('/')
  const name = parts.at(-1) ?? ''
  return parts.every(isSafe) && /\.gguf$/i.test(name) ? name : null
}

function isSafe(name: string): boolean {
  return part.test(name) && !name.endsWith('.') && !reserved.test(name)
}
