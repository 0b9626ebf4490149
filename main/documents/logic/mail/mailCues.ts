// Tells mails and mailboxes from other text by how they open.

const FIELDS =
  /^(?:from|to|subject|date|message-id|received|return-path|mime-version|delivered-to|reply-to|content-type|x-[\w-]+)$/i
const STRONG = /^(?:from|to|subject|date|message-id|received|return-path|delivered-to)$/i

/** `opening` is the file's beginning with one character for each byte. Of a file named `.eml` less is asked. */
export function mailFormatOf(opening: string, name: string): 'eml' | 'mbox' | null {
  const text = opening.replace(/^\xef\xbb\xbf/, '')
  const first = /^From [^\r\n]*\d{1,2}:\d{2}[^\r\n]*\d{4}[^\r\n]*\r?\n/.exec(text)
  if (first !== null && isHeader(text.slice(first[0].length))) return 'mbox'
  return isHeader(text, /\.eml$/i.test(name)) ? 'eml' : null
}

/**
 * At least three fields known in mails come first, two of them such as no other text begins with; two and one where the
 * name says so.
 */
function isHeader(text: string, isNamed = false): boolean {
  const [header = ''] = text.slice(0, 16_384).split(/\r?\n\r?\n/, 1)
  const unfolded = header.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)
  const names = unfolded.map((line) => /^([!-9;-~]+):/.exec(line)?.[1] ?? null)
  const cutOff = header.length >= 16_000 ? 1 : 0
  if (names.slice(0, names.length - cutOff).includes(null)) return false
  const known = new Set(names.filter((name) => name !== null && FIELDS.test(name)).map((name) => name?.toLowerCase()))
  const strong = [...known].filter((name) => name !== undefined && STRONG.test(name))
  return isNamed ? known.size >= 2 && strong.length >= 1 : known.size >= 3 && strong.length >= 2
}
