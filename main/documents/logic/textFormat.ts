// Tells the formats apart that are all plain text, from the decoded opening and the name.
import type { DocumentFormat } from '#contract/document.ts'
import { isTableName, looksLikeTable } from './csv/csvDialect.ts'
import { isMarkdownName, looksLikeMarkdown } from './markdownCues.ts'

const HTML_START = /^\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,4000}?-->\s*)*<(?:!doctype\s+html|html[\s>])/i
const HTML_PIECE = /<(?:html|head|title|body|div|p|table|h[1-6]|ul)[\s>]/i

/** The format of a text; what looks like nothing in particular is `text`. */
export function textFormatOf(opening: string, name: string): DocumentFormat {
  if (isMarkdownName(name)) return 'markdown'
  if (HTML_START.test(opening) || (/\.x?html?$/i.test(name) && HTML_PIECE.test(opening))) return 'html'
  if (isTableName(name)) return 'csv'
  if (looksLikeMarkdown(opening)) return 'markdown'
  return looksLikeTable(opening) ? 'csv' : 'text'
}
