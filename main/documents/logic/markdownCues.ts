// Tells Markdown from plain text by what stands in it, for files whose name does not say.

const CUES: readonly RegExp[] = [
  /(?:^|\n\s*\n)#{1,6} \S[^\n]*(?:\n\s*\n|$)/,
  /(?:^|\n)(?:```|~~~)[^\n]*\n[\s\S]*?\n(?:```|~~~)\s*(?:\n|$)/,
  /\[[^\]\n]+\]\((?:https?:|\.{0,2}\/|#)[^)\s]+\)/,
  /(?:^|\n)\|?[ \t]*:?-{3,}:?[ \t]*\|[ \t:|-]*(?:\n|$)/,
  /(?:^|\n)[-*] \*\*[^*\n]+\*\*/,
  /(?:^|\n)[-*] \[[ xX]\] /,
]

/**
 * Whether the opening of a text carries at least two different marks that plain text seldom has together: a `#` heading
 * between blank lines, a closed code fence, a link, a table's delimiter row, a bold or a checkbox list item.
 */
export function looksLikeMarkdown(opening: string): boolean {
  const text = opening.replace(/\r\n?/g, '\n')
  return CUES.filter((cue) => cue.test(text)).length >= 2
}

/** Whether a file name says Markdown. */
export function isMarkdownName(name: string): boolean {
  return /\.(?:md|markdown|mdown|mkd)$/i.test(name)
}
