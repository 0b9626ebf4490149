// One block of Markdown as a tree of tokens, or null when it is better shown as it is written.
import { Marked, type Token, type TokenizerAndRendererExtension } from 'marked'

/** Nesting deeper than this is shown as written: nobody reads it, and it costs more than its length. */
const deepest = 16

/** Characters beyond which a block is shown as written; the splitter cuts long before. */
const longest = 20_000

const inlineMath: TokenizerAndRendererExtension = {
  name: 'math',
  level: 'inline',
  start: (source) => /\\\(|\$\$/.exec(source)?.index,
  tokenizer(source) {
    const match = /^(?:\\\(([^\n]{1,2000}?)\\\)|\$\$([^\n$]{1,2000}?)\$\$)/.exec(source)
    return match === null ? undefined : { type: 'math', raw: match[0], text: (match[1] ?? match[2] ?? '').trim() }
  },
}

/** Parses one block; GFM tables, task lists and strikethrough, and math between `\(…\)` or `$$…$$`. */
export function parseMarkdown(text: string): readonly Token[] | null {
  if (text.length > longest || nestsTooDeep(text)) return null
  try {
    return parser.lexer(text)
  } catch {
    // The parser recurses; whatever it cannot take is shown as written.
    return null
  }
}

const parser = new Marked({ gfm: true }, { extensions: [inlineMath] })

function nestsTooDeep(text: string): boolean {
  for (const [run] of text.matchAll(/^[ \t>*+\-\d.)]{8,}/gm)) {
    if ((run.match(/>|[-+*](?=[ \t>])|\d[.)](?=[ \t>])/g)?.length ?? 0) > deepest) return true
    if (/^\s{80,}/.test(run)) return true
  }
  return false
}
