// A name for an exported file that every system takes.

const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i
const longest = 80

/** `title` made into a file name with this extension: no separators, no reserved names, at most 80 characters before it. */
export function fileNameOf(title: string, extension: string): string {
  const plain = title
    .normalize('NFC')
    .replace(/[\u0000-\u001F\u007F-\u009F<>:"“”„«»/\\|?*\u200B-\u200F\u202A-\u202E\u2060-\u2069]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s-]+|[.\s]+$/g, '')
  const cut = [...plain].slice(0, longest).join('').trim()
  const [stem = ''] = cut.split('.')
  const name = cut === '' || reserved.test(stem.trim()) ? `Sotto ${cut}`.trim() : cut
  return `${name}.${extension}`
}
