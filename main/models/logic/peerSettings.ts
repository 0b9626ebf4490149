// Finds the folder that another program's settings name.

/**
 * The value of `key` in a `.json` or `.ini` text, or the whole text where `key` is null; null when it is not there or
 * not a text.
 */
export function folderIn(text: string, extension: string, key: string | null): string | null {
  if (key === null) return text.trim() || null
  return extension === '.json' ? fromJson(text, key) : fromIni(text, key)
}

function fromJson(text: string, key: string): string | null {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return null
    const entry = Object.entries(value).find(([name]) => name === key)?.[1] as unknown // as: Object.entries says any
    return typeof entry === 'string' && entry !== '' ? entry : null
  } catch {
    return null
  }
}

function fromIni(text: string, key: string): string | null {
  const line = text.split(/\r?\n/).find((each) => each.startsWith(`${key}=`))
  const value = line?.slice(key.length + 1).trim()
  return value === undefined || value === '' ? null : value.replace(/^"(.*)"$/, '$1')
}
