// Turns the blocks of a document that has headings into segments that know the headings they stand under.
import type { Locator, Segment } from '#contract/document.ts'
import { cutRanges } from './cutPoint.ts'
import { indentAt } from './listMarks.ts'
import { SEGMENT_CHARACTERS } from './lineBuffer.ts'

/** Longest step of a path in characters. */
const LONGEST_STEP = 200

type Kind = NonNullable<Segment['kind']>

/**
 * Writes blocks in reading order. Every block with text is one paragraph of the count; one too long for a segment
 * becomes several that share it. Tables are rows on lines with their cells separated by tabs.
 */
export class SectionWriter {
  #segments: Segment[] = []
  #root: string | null = null
  #headings: { readonly level: number; readonly title: string }[] = []
  #paragraphs = 0
  #characters = 0
  #firstHeading: string | null = null

  /** Blocks with text so far. */
  get paragraphs(): number {
    return this.#paragraphs
  }

  /** Characters of text so far. */
  get characters(): number {
    return this.#characters
  }

  /** The first heading that was written. */
  get firstHeading(): string | null {
    return this.#firstHeading
  }

  /** Opens a part of the document that has a name of its own, such as a chapter of a book; it heads every path in it. */
  chapter(title: string): void {
    this.#root = step(title) === '' ? null : step(title)
    this.#headings = []
  }

  /** The document's title as it stands in the text; a heading that nothing stands under. */
  title(text: string): void {
    const clean = cleanText(text)
    if (clean === '') return
    this.#write(clean, 'heading')
    this.#firstHeading ??= step(clean)
  }

  /** A heading; `level` counts from 1. It stands under the headings above it, not under itself. */
  heading(level: number, text: string): void {
    const clean = cleanText(text)
    if (clean === '') return
    while ((this.#headings.at(-1)?.level ?? 0) >= level) this.#headings.pop()
    this.#write(clean, 'heading')
    this.#firstHeading ??= step(clean)
    // A chapter's own title, repeated as its first heading, adds nothing to where things stand.
    if (step(clean) !== this.#root) this.#headings.push({ level, title: step(clean) })
  }

  /** An item of a list, with its label; `depth` 1 is the outermost list. */
  item(depth: number, text: string): void {
    const clean = cleanText(text)
    if (clean !== '') this.#write(clean, 'list-item', indentAt(depth))
  }

  /** Any other block of text. Blank ones are left out. */
  block(kind: Exclude<Kind, 'heading' | 'table'>, text: string): void {
    const clean = kind === 'code' ? printable(text).replace(/^\n+|\s+$/g, '') : cleanText(text)
    if (clean !== '') this.#write(clean, kind)
  }

  /** A table; rows without text are left out. What `continues` a table belongs to the paragraph before. */
  table(rows: readonly (readonly string[])[], continues = false): void {
    const lines = rows.map(rowText).filter((line) => line !== '')
    if (lines.length === 0) return
    if (!continues) this.#paragraphs += 1
    for (const group of grouped(lines)) for (const part of cut(group)) this.#push(part, 'table')
  }

  /** The segments since the last call. */
  drain(): readonly Segment[] {
    const segments = this.#segments
    this.#segments = []
    return segments
  }

  #write(text: string, kind: Kind, indent = ''): void {
    this.#paragraphs += 1
    for (const part of cut(text)) this.#push(part, kind, indent)
  }

  #push(text: string, kind: Kind, indent = ''): void {
    if (text.trim() === '') return
    const path = [...(this.#root === null ? [] : [this.#root]), ...this.#headings.map(({ title }) => title)]
    const locator: Locator = { kind: 'section', path, paragraph: this.#paragraphs }
    this.#characters += text.length
    this.#segments.push({ text: `${indent}${text}`, locator, kind })
  }
}

/** One row of a table as a line: cells separated by tabs, line breaks and tabs in them as spaces. */
export function rowText(cells: readonly string[]): string {
  return cells
    .map((cell) => printable(cell).replace(/\s+/g, ' ').trim())
    .join('\t')
    .replace(/\t+$/, '')
}

/** Lines put together up to a segment's length; a longer line stays alone. */
export function grouped(lines: readonly string[]): readonly string[] {
  const groups: string[] = []
  for (const line of lines) {
    const last = groups.at(-1)
    if (last === undefined || last.length + line.length >= SEGMENT_CHARACTERS) groups.push(line)
    else groups[groups.length - 1] = `${last}\n${line}`
  }
  return groups
}

/** Text as people read it: no control characters, single spaces, no blank edges; line breaks stay. */
export function cleanText(text: string): string {
  return printable(text)
    .replace(/[^\S\n\u00a0\u3000]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim()
}

function printable(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\0-\x08\x0b-\x1f\x7f]/g, '')
}

function cut(text: string): readonly string[] {
  return cutRanges(text, SEGMENT_CHARACTERS).map(({ start, end }) => text.slice(start, end).trim())
}

function step(title: string): string {
  return cleanText(title).replaceAll('\n', ' ').slice(0, LONGEST_STEP).toWellFormed()
}
