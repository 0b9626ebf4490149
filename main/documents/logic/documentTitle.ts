// Tells a title worth showing from what programs leave in a document's metadata.

const LONGEST_TITLE = 300

/** A metadata title cleaned for one line; null when it is missing, empty, a file name or a program's placeholder. */
export function documentTitle(title: unknown): string | null {
  if (typeof title !== 'string') return null
  const clean = title
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_TITLE)
  const isPlaceholder =
    /^(?:untitled|unbenannt|document\d*|slide \d+|(?:powerpoint[- ])?pr(?:e|ä)sentation\d*$|microsoft \w+ - )/i.test(
      clean,
    )
  return isPlaceholder || !/\p{L}/u.test(clean) || /\.(?:docx?|pptx?|xlsx?|indd|tex|dvi|qxd|pdf)$/i.test(clean)
    ? null
    : clean
}
