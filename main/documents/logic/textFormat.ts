// Tells the formats apart that are all plain text, from the decoded opening and the name.
import type { DocumentFormat } from '#contract/document.ts'
import { isMarkdownName, looksLikeMarkdown } from './markdownCues.ts'

/** The format of a text; what looks like nothing in particular is `text`. */
export function textFormatOf(opening: string, name: string): DocumentFormat {
  if (isMarkdownName(name) || looksLikeMarkdown(opening)) return 'markdown'
  return 'text'
}
