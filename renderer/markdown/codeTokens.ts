// What highlighting gives: lines of pieces, each with what it is in its language.

/** What a piece of code is; plain text has none. */
export type CodeRole =
  | 'keyword'
  | 'string'
  | 'string-expression'
  | 'comment'
  | 'constant'
  | 'function'
  | 'parameter'
  | 'punctuation'
  | 'link'

/** A piece of one line. */
export type CodePiece = { readonly text: string; readonly role: CodeRole | null }

/** One line, without its end. */
export type CodeLine = readonly CodePiece[]

/** Lines that are highlighted and rendered together. */
export const linesPerChunk = 40
