// Markdown to segments by a light line scanner: headings, paragraphs, list items, tables and code, with their lines.
import type { Segment } from '#contract/document.ts'
import { LineBuffer } from './lineBuffer.ts'
import type { LinePiece } from './lineSplitter.ts'

type Kind = 'paragraph' | 'list-item' | 'table' | 'code'

const FENCE = /^ {0,3}(`{3,}|~{3,})/
const ATX_HEADING = /^ {0,3}#{1,6}(?:[ \t]+|$)/
const SETEXT_UNDERLINE = /^ {0,3}(?:=+|-+)[ \t]*$/
const THEMATIC_BREAK = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/
const LIST_MARKER = /^[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)/
const TABLE_DELIMITER = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/
/** What YAML front matter is made of: keys, list entries, comments, continued and empty lines. */
const FRONT_MATTER_LINE = /^(?:\s|#|-\s|[\w"'-]+\s*:|$)/
const FRONT_MATTER_LINES = 200
const INDENTED = /^(?: {4}|\t)/

/**
 * Takes lines in order and answers the segments they complete. Markers of headings and list items are left out of the
 * text; code fences and front matter give no text of their own. `title` is front matter's, else the first heading.
 */
export class MarkdownBlocks {
  readonly #buffer = new LineBuffer()
  #kind: Kind = 'paragraph'
  #fence: string | null = null
  #frontMatterOver = false
  #held: LinePiece[] = []
  #lastLine: LinePiece | null = null
  #linesInBlock = 0
  #afterBlank = true
  #continuesLine = false
  #frontMatterTitle: string | null = null
  #firstHeading: string | null = null

  get title(): string | null {
    return this.#frontMatterTitle ?? this.#firstHeading
  }

  push(piece: LinePiece): readonly Segment[] {
    if (this.#continuesLine || !piece.ended) return this.#pushPart(piece)
    const line = piece.text.replace(/[\r\n]+$/, '')
    if (!this.#frontMatterOver) return this.#frontMatterLine(piece, line)
    if (this.#fence !== null) return this.#pushCode(piece, line)
    return this.#pushLine(piece, line)
  }

  finish(): readonly Segment[] {
    return [...this.#releaseFrontMatter(), ...this.#close()]
  }

  #pushPart(piece: LinePiece): readonly Segment[] {
    const before = this.#releaseFrontMatter()
    this.#continuesLine = !piece.ended
    this.#append(piece)
    return [...before, ...this.#buffer.takeOverflow(this.#kind)]
  }

  /** Holds lines that may be front matter; when they turn out not to be, they are read like any other. */
  #frontMatterLine(piece: LinePiece, line: string): readonly Segment[] {
    this.#held.push(piece)
    if (this.#held.length === 1) return line.trimEnd() === '---' ? [] : this.#releaseFrontMatter()
    if (/^(?:---|\.\.\.)\s*$/.test(line)) {
      this.#held = []
      this.#frontMatterOver = true
      return []
    }
    if (this.#held.length > FRONT_MATTER_LINES || !FRONT_MATTER_LINE.test(line)) return this.#releaseFrontMatter()
    const title = /^title:\s*(.+?)\s*$/.exec(line)?.[1]?.replace(/^(['"])(.*)\1$/, '$2')
    if (title !== undefined && title !== '') this.#frontMatterTitle ??= title
    return []
  }

  #releaseFrontMatter(): readonly Segment[] {
    const held = this.#held
    this.#held = []
    this.#frontMatterOver = true
    return held.flatMap((piece) => this.push(piece))
  }

  #pushCode(piece: LinePiece, line: string): readonly Segment[] {
    const fence = this.#fence ?? ''
    const closing = FENCE.exec(line)?.[1]
    if (closing !== undefined && closing.startsWith(fence) && line.trim() === closing) {
      this.#fence = null
      return this.#close()
    }
    this.#append(piece)
    return this.#buffer.takeOverflow('code')
  }

  #pushLine(piece: LinePiece, line: string): readonly Segment[] {
    const fence = FENCE.exec(line)?.[1]
    if (fence !== undefined) {
      const done = this.#open('code')
      this.#fence = fence
      return done
    }
    if (line.trim() === '') return this.#pushBlank(piece)
    if (ATX_HEADING.test(line))
      return [...this.#close(), ...this.#heading(piece, line.replace(ATX_HEADING, '').replace(/[ \t]+#+[ \t]*$/, ''))]
    if (this.#endsSetextHeading(line)) return this.#setextHeading()
    if (THEMATIC_BREAK.test(line)) return this.#close()
    return [...this.#startIfNew(piece, line), ...this.#buffer.takeOverflow(this.#kind)]
  }

  #pushBlank(piece: LinePiece): readonly Segment[] {
    this.#afterBlank = true
    if (this.#kind === 'code' && !this.#buffer.isEmpty) {
      this.#append(piece)
      return []
    }
    return this.#close()
  }

  /** Adds a line to the open block, or closes that and opens the block this line begins. */
  #startIfNew(piece: LinePiece, line: string): readonly Segment[] {
    const opened = this.#begins(line)
    const done = opened === null ? [] : this.#open(opened)
    this.#afterBlank = false
    const marker = opened === 'list-item' ? (LIST_MARKER.exec(line)?.[0].length ?? 0) : 0
    if (
      this.#kind === 'paragraph' &&
      this.#linesInBlock === 1 &&
      TABLE_DELIMITER.test(line) &&
      line.includes('|') &&
      this.#lastLine?.text.includes('|') === true
    )
      this.#kind = 'table'
    this.#append(piece, piece.text.slice(marker))
    return done
  }

  #begins(line: string): Kind | null {
    if (this.#kind === 'code' && !this.#buffer.isEmpty)
      return INDENTED.test(line) ? null : LIST_MARKER.test(line) ? 'list-item' : 'paragraph'
    if (LIST_MARKER.test(line)) return 'list-item'
    if (this.#afterBlank && INDENTED.test(line) && this.#kind !== 'list-item') return 'code'
    if (this.#kind === 'table' && !line.includes('|')) return 'paragraph'
    return this.#buffer.isEmpty ? 'paragraph' : null
  }

  #endsSetextHeading(line: string): boolean {
    return this.#kind === 'paragraph' && this.#linesInBlock === 1 && SETEXT_UNDERLINE.test(line)
  }

  #setextHeading(): readonly Segment[] {
    const piece = this.#lastLine
    this.#buffer.take('paragraph')
    this.#linesInBlock = 0
    return piece === null ? [] : this.#heading(piece, piece.text)
  }

  #heading(piece: LinePiece, raw: string): readonly Segment[] {
    const text = raw.trim()
    this.#afterBlank = true
    this.#kind = 'paragraph'
    if (text === '') return []
    this.#firstHeading ??= text
    return [{ text, locator: { kind: 'lines', from: piece.number, to: piece.number }, kind: 'heading' }]
  }

  #open(kind: Kind): readonly Segment[] {
    const done = this.#close()
    this.#kind = kind
    return done
  }

  #close(): readonly Segment[] {
    const done = this.#buffer.take(this.#kind)
    this.#linesInBlock = 0
    this.#lastLine = null
    // A list goes on after a blank line, so what is indented there is no code.
    if (this.#kind !== 'list-item') this.#kind = 'paragraph'
    return done
  }

  #append(piece: LinePiece, text: string = piece.text): void {
    this.#buffer.add(piece, text)
    this.#lastLine = piece
    this.#linesInBlock += 1
  }
}
