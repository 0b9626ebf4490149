// RTF's groups and control words to the blocks of the document: headings, paragraphs, list items, tables, footnotes.
import { RtfFonts, type DecodeBytes } from './rtfFonts.ts'
import { labelOf, LONGEST_MARK } from './rtfMarks.ts'
import type { RtfTaker } from './rtfTokens.ts'
import {
  characterWords,
  codePageOfCharset,
  headingLevelOf,
  marginGroups,
  readStarred,
  skippedGroups,
} from './rtfWords.ts'

/** A finished block; `level` and `depth` count from 1, `continues` says that rows of the same table came before. */
export type RtfBlock =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list-item'; readonly depth: number; readonly text: string }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[]; readonly continues: boolean }

/** What is met and not read. */
export type RtfLeftOut = 'headers' | 'deletions' | 'hidden-text' | 'embedded'

type Destination = 'text' | 'skip' | 'fonts' | 'styles' | 'info' | 'title' | 'marker'

type Group = {
  readonly destination: Destination
  readonly font: number | null
  readonly skipAfterUnicode: number
  readonly hidden: boolean
  readonly deleted: boolean
}

/** `listed` holds until the next `\\pard`, `marked` for the one paragraph that brings its mark as text. */
type Paragraph = {
  style: number
  level: number | null
  inTable: boolean
  listed: boolean
  marked: boolean
  depth: number
}

const PLAIN: Paragraph = { style: 0, level: null, inTable: false, listed: false, marked: false, depth: 1 }

const TOP: Group = { destination: 'text', font: null, skipAfterUnicode: 1, hidden: false, deleted: false }
/** Groups nested more deeply are read as part of the one above. */
const DEEPEST = 5000
const MOST_ROWS = 200
const MOST_PENDING = 65_536
const MOST_CELLS = 1000

/** Takes tokens in order and gives finished blocks to `write`. `decode` turns bytes of a code page into text. */
export class RtfBlocks implements RtfTaker {
  readonly #write: (block: RtfBlock) => void
  readonly #fonts: RtfFonts
  readonly #styles = new Map<number, number>()
  readonly #groups: Group[] = []
  readonly #leftOut = new Set<RtfLeftOut>()
  readonly #notes: string[] = []
  readonly #noteTexts: { readonly depth: number; readonly text: string }[] = []
  #noteNumber = 0
  #beyond = 0
  #group = TOP
  #starred = false
  #pending: number[] = []
  #toSkip = 0
  #text = ''
  #mark = ''
  #title = ''
  #name = ''
  #style: { number: number; level: number | null } = { number: 0, level: null }
  #paragraph: Paragraph = { ...PLAIN }
  #rows: string[][] = []
  #row: string[] = []
  #rowsWritten = false

  constructor(decode: DecodeBytes, write: (block: RtfBlock) => void) {
    this.#fonts = new RtfFonts(decode)
    this.#write = write
  }

  /** The title the document's properties name, as it stands. */
  get title(): string {
    return this.#title
  }

  get leftOut(): readonly RtfLeftOut[] {
    return [...this.#leftOut]
  }

  /** Whether every group that was opened has been closed; a file cut short leaves some open. */
  get isWhole(): boolean {
    return this.#groups.length === 0
  }

  open(): void {
    this.#flush()
    this.#toSkip = 0
    if (this.#groups.length >= DEEPEST) this.#beyond += 1
    else this.#groups.push(this.#group)
    if (this.#group.destination === 'fonts') this.#fonts.begin()
    if (this.#group.destination === 'styles') this.#style = { number: 0, level: null }
    this.#starred = false
  }

  close(): void {
    this.#flush()
    this.#toSkip = 0
    if (this.#beyond > 0) {
      this.#beyond -= 1
      return
    }
    if (this.#group.destination === 'styles') this.#endStyle()
    const note = this.#noteTexts.at(-1)
    if (note !== undefined && note.depth === this.#groups.length) {
      this.#noteTexts.pop()
      if (this.#text.trim() !== '') this.#notes.push(this.#text)
      this.#text = note.text
    }
    this.#group = this.#groups.pop() ?? TOP
  }

  text(byte: number): void {
    if (this.#toSkip > 0) this.#toSkip -= 1
    else if (this.#group.destination !== 'skip' && this.#pending.push(byte) >= MOST_PENDING) this.#flush()
  }

  hex(byte: number): void {
    this.text(byte)
  }

  word(name: string, value: number | null): void {
    if (name === '*') {
      this.#starred = true
      return
    }
    if (this.#toSkip > 0 && name !== 'u') {
      this.#toSkip -= 1
      return
    }
    this.#flush()
    if (name === 'u') return this.#unicode(value ?? 0)
    const starred = this.#starred
    this.#starred = false
    if (this.#group.destination === 'skip' || this.#opensGroup(name, starred)) return
    const character = characterWords[name]
    if (character !== undefined) return this.#add(character)
    this.#format(name, value)
  }

  /** Ends the document. */
  finish(): void {
    this.#flush()
    while (this.#noteTexts.length > 0) {
      const note = this.#noteTexts.pop()
      this.#notes.push(this.#text)
      this.#text = note?.text ?? ''
    }
    if (this.#row.length > 0) this.#endRow()
    this.#endParagraph()
    this.#endTable()
  }

  #unicode(value: number): void {
    this.#add(this.#fonts.character(value < 0 ? value + 65_536 : value, this.#group.font))
    this.#toSkip = this.#group.skipAfterUnicode
  }

  /** Deals with words that say what the group they stand first in is for; false for all others. */
  #opensGroup(name: string, starred: boolean): boolean {
    const destination = this.#destinationOf(name, starred)
    if (destination === null) return name === 'footnote' ? this.#beginNote() : false
    this.#set({ destination })
    return true
  }

  #destinationOf(name: string, starred: boolean): Destination | null {
    if (marginGroups.has(name)) {
      this.#leftOut.add('headers')
      return 'skip'
    }
    if (name === 'pict' || name === 'object') this.#leftOut.add('embedded')
    if (skippedGroups.has(name) || (starred && !readStarred.has(name))) return 'skip'
    if (name === 'listtext' || name === 'pntext') {
      this.#paragraph.marked = true
      this.#mark = ''
      return 'marker'
    }
    if (name === 'fonttbl') return 'fonts'
    if (name === 'stylesheet') return 'styles'
    if (name === 'info') return 'info'
    if (this.#group.destination === 'info') return name === 'title' ? 'title' : 'skip'
    return null
  }

  #beginNote(): boolean {
    this.#noteTexts.push({ depth: this.#groups.length, text: this.#text })
    this.#text = ''
    return true
  }

  #format(name: string, value: number | null): void {
    switch (name) {
      case 'par':
      case 'sect':
      case 'page':
        return this.#noteTexts.length > 0 ? this.#add('\n') : this.#endParagraph()
      case 'pard':
        this.#paragraph = { ...PLAIN, marked: this.#paragraph.marked }
        return
      case 'plain':
        return this.#set({ hidden: false, font: null })
      case 'intbl':
        this.#paragraph.inTable = true
        return
      case 'ls':
        this.#paragraph.listed = (value ?? 0) > 0
        return
      case 'ilvl':
        this.#paragraph.depth = Math.max(0, value ?? 0) + 1
        return
      case 's':
        this.#paragraph.style = value ?? 0
        this.#style.number = value ?? 0
        return
      case 'chftn':
        return this.#markNote()
      case 'outlinelevel':
        return this.#setLevel(value ?? 9)
      case 'cell':
      case 'nestcell':
        return this.#endCell(name === 'nestcell')
      case 'row':
        return this.#endRow()
      default:
        return this.#formatCharacters(name, value)
    }
  }

  /** The number a program gives the note by itself, in the text and again where the note begins. */
  #markNote(): void {
    if (this.#group.destination !== 'text') return
    const isInText = this.#noteTexts.length === 0
    if (isInText) this.#noteNumber += 1
    this.#add(`[${this.#noteNumber}]${isInText ? '' : ' '}`)
  }

  #formatCharacters(name: string, value: number | null): void {
    switch (name) {
      case 'v':
        return this.#set({ hidden: value !== 0 })
      case 'deleted':
        return this.#set({ deleted: value !== 0 })
      case 'uc':
        return this.#set({ skipAfterUnicode: Math.max(0, Math.min(value ?? 1, 100)) })
      case 'f':
        this.#fonts.name(value ?? 0)
        return this.#set({ font: value ?? 0 })
      case 'fcharset':
        if (value === 2) this.#fonts.setSymbolic()
        return this.#fonts.setCodePage(codePageOfCharset[value ?? 0] ?? null)
      case 'cpg':
        return this.#fonts.setCodePage(value)
      case 'ansicpg':
        return this.#fonts.setDefault(value ?? 1252)
      case 'mac':
        return this.#fonts.setDefault(10_000)
      case 'pc':
        return this.#fonts.setDefault(437)
      case 'pca':
        return this.#fonts.setDefault(850)
      case 'deff':
        return this.#fonts.setDefaultFont(value ?? 0)
    }
  }

  #set(change: Partial<Group>): void {
    this.#group = { ...this.#group, ...change }
  }

  #setLevel(level: number): void {
    const heading = level >= 0 && level < 9 ? level + 1 : null
    if (this.#group.destination === 'styles') this.#style.level = heading
    else this.#paragraph.level = heading
  }

  #endStyle(): void {
    const level = this.#style.level ?? headingLevelOf(this.#name.replace(/;$/, ''))
    if (level !== null) this.#styles.set(this.#style.number, level)
    this.#name = ''
  }

  /** Decodes the bytes held back, which only together are characters. */
  #flush(): void {
    if (this.#pending.length === 0) return
    const bytes = Uint8Array.from(this.#pending)
    this.#pending = []
    if (this.#group.destination === 'fonts') return this.#fonts.addName(bytes)
    const { destination, font } = this.#group
    const isShown = destination === 'text' || destination === 'marker'
    this.#add(isShown ? this.#fonts.decode(bytes, font) : this.#fonts.decodePlain(bytes))
  }

  #add(text: string): void {
    switch (this.#group.destination) {
      case 'text':
        if (this.#group.hidden) this.#leftOut.add('hidden-text')
        else if (this.#group.deleted) this.#leftOut.add('deletions')
        else this.#text += text
        return
      case 'title':
        this.#title += text
        return
      case 'styles':
        this.#name += text
        return
      case 'marker':
        this.#mark = `${this.#mark}${text}`.slice(0, LONGEST_MARK)
        return
      case 'skip':
      case 'fonts':
      case 'info':
        return
    }
  }

  #endParagraph(): void {
    const { inTable } = this.#paragraph
    if (inTable && this.#row.length + this.#rows.length + this.#text.length > 0) return this.#add('\n')
    const text = this.#text
    this.#text = ''
    this.#endTable()
    if (text.trim() !== '') this.#write(this.#blockOf(text))
    this.#paragraph.marked = false
    this.#mark = ''
    this.#writeNotes()
  }

  #blockOf(text: string): RtfBlock {
    const { style, level, listed, marked, depth } = this.#paragraph
    const heading = level ?? this.#styles.get(style)
    if (heading === undefined && !listed && !marked) return { kind: 'paragraph', text }
    const label = marked ? labelOf(this.#mark, heading === undefined ? depth : null) : ''
    const labelled = label === '' ? text : `${label} ${text.trimStart()}`
    if (heading !== undefined) return { kind: 'heading', level: heading, text: labelled }
    return { kind: 'list-item', depth, text: labelled }
  }

  #endCell(nested: boolean): void {
    if (nested) return this.#add(' ')
    if (this.#row.length < MOST_CELLS) this.#row.push(this.#text)
    else this.#row[MOST_CELLS - 1] += ` ${this.#text}`
    this.#text = ''
  }

  #endRow(): void {
    this.#rows.push(this.#row)
    this.#row = []
    if (this.#rows.length >= MOST_ROWS) this.#writeRows()
  }

  #endTable(): void {
    if (this.#row.length > 0) this.#endRow()
    if (this.#rows.length > 0) this.#writeRows()
    this.#rowsWritten = false
  }

  #writeRows(): void {
    this.#write({ kind: 'table', rows: this.#rows, continues: this.#rowsWritten })
    this.#rowsWritten = true
    this.#rows = []
  }

  #writeNotes(): void {
    for (const text of this.#notes.splice(0)) this.#write({ kind: 'paragraph', text })
  }
}
