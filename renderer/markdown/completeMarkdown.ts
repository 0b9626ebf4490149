// Closes what a growing piece of Markdown has opened, so that half-written marks do not flicker.
import remend from 'remend'

/** The text with its open emphasis, code and strikethrough closed; half-written links show their words only. */
export function completeMarkdown(text: string): string {
  return remend(text, { linkMode: 'text-only', images: false, htmlTags: false, katex: false })
}
