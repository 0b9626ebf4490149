// Which addresses may become links, and how they are named.
import { visibleText } from './visibleText.ts'

/** An address a person may choose to open. `place` is its full host, or the mail address. */
export type SafeAddress = { readonly href: string; readonly place: string }

/** An absolute https, http or mailto address; null for everything else. */
export function safeAddress(written: string): SafeAddress | null {
  const text = visibleText(written).trim()
  if (!/^(?:https?:\/\/|mailto:)/i.test(text) || !URL.canParse(text)) return null
  const url = new URL(text)
  switch (url.protocol) {
    case 'https:':
    case 'http:':
      return url.host === '' ? null : { href: url.href, place: url.host }
    case 'mailto:':
      return url.pathname === '' ? null : { href: url.href, place: url.pathname }
    default:
      return null
  }
}
