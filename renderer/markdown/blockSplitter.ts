// Cuts growing Markdown into top-level blocks, reading only what is new: closed blocks never change again.

/** A top-level block. `code` and `math` hold their content alone; `closed` is false for the one still growing. */
export type MarkdownBlock = {
  readonly kind: 'markdown' | 'code' | 'math'
  readonly text: string
  readonly language: string
  readonly closed: boolean
}

// Decisions
// - A cut is made only where CommonMark ends a block for certain: a blank line before a line that starts at the margin,
//   a fence at the margin, a heading. Where it guesses wrong (a blank line inside raw HTML, which is shown as text
//   anyway) the text is all there, in two paragraphs.
// - A block may not grow without end, because the growing one is parsed again at every frame: past `longBlock` a list is
//   cut between items, a table between rows (its head is repeated), anything else at a space.

/** Characters after which a block is cut where it can be. */
const longBlock = 3000

/** Characters after which it is cut at the end of its line, and a line at a space. */
const longestBlock = 5000

const fence = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})[ \t]*([^\s`]*)/
const heading = /^ {0,3}#{1,6}(?:[ \t]|$)/
const listItem = /^ {0,3}(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)/
const tableRule = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)+$/

type Open =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly list: boolean }
  | { readonly kind: 'code'; readonly mark: string; readonly language: string }
  | { readonly kind: 'math'; readonly end: string }

/** Blocks of a text that grows at its end. Another text starts over. */
export class BlockSplitter {
  #seen = ''
  #closed: readonly MarkdownBlock[] = []
  #open: Open = { kind: 'none' }
  #lines: string[] = []
  #openCharacters = 0
  #blankBefore = false
  #tableHead: readonly string[] = []

  /** All blocks of `text`; `complete` closes the last one. Closed blocks keep their identity from call to call. */
  update(text: string, complete: boolean): readonly MarkdownBlock[] {
    if (!text.startsWith(this.#seen)) this.#reset()
    const end = complete ? text.length : text.lastIndexOf('\n') + 1
    if (end > this.#seen.length) {
      const fresh = text.slice(this.#seen.length, end)
      for (const line of (fresh.endsWith('\n') ? fresh.slice(0, -1) : fresh).split('\n')) {
        this.#take(this.#withoutLongParts(line).rest)
      }
      this.#seen = text.slice(0, end)
    }
    if (complete) {
      this.#close()
      return this.#closed
    }
    const { rest, taken } = this.#withoutLongParts(text.slice(this.#seen.length))
    if (taken > 0) this.#seen = text.slice(0, this.#seen.length + taken)
    return this.#withTail(rest)
  }

  /** Takes whole blocks off a line that is too long for one; `taken` counts its characters that went with them. */
  #withoutLongParts(line: string): { readonly rest: string; readonly taken: number } {
    let taken = 0
    while (line.length - taken > longestBlock && (this.#open.kind === 'none' || this.#open.kind === 'text')) {
      const space = line.lastIndexOf(' ', taken + longestBlock)
      const cut = space > taken ? space : taken + longestBlock
      this.#take(line.slice(taken, cut))
      this.#close()
      taken = space > taken ? cut + 1 : cut
    }
    return { rest: line.slice(taken), taken }
  }

  #withTail(tail: string): readonly MarkdownBlock[] {
    if (tail === '') return this.#open.kind === 'none' ? this.#closed : [...this.#closed, this.#growing([])]
    const open = this.#open
    const opening = open.kind === 'none' || open.kind === 'text' ? this.#opens(tail) : null
    if (opening === null) return [...this.#closed, this.#growing([tail])]
    const own = opening.kind === 'text' ? tail : ''
    const before = open.kind === 'none' ? [] : [this.#growing([])]
    return [...this.#closed, ...before, block(opening, [own], false)]
  }

  #growing(more: readonly string[]): MarkdownBlock {
    return block(this.#open, [...this.#lines, ...more], false)
  }

  #take(line: string): void {
    const open = this.#open
    if (open.kind === 'code') return closesFence(line, open.mark) ? this.#close() : this.#add(line)
    if (open.kind === 'math') return this.#takeMath(line, open.end)
    if (line.trim() === '') {
      if (open.kind === 'none') return
      this.#blankBefore = true
      return this.#add(line)
    }
    const opening = this.#opens(line)
    if (opening !== null) {
      this.#close()
      this.#begin(opening, line)
      return
    }
    this.#cutLong(line)
    this.#add(line)
    this.#blankBefore = false
  }

  /** What a line at the margin begins, or null when it goes on with the open block. */
  #opens(line: string): Open | null {
    const fenced = fence.exec(line)
    if (fenced !== null && !line.startsWith(' '))
      return { kind: 'code', mark: fenced[1] ?? '```', language: fenced[2] ?? '' }
    const mathEnd = line.startsWith('$$') ? '$$' : line.startsWith('\\[') ? '\\]' : null
    if (mathEnd !== null && (this.#blankBefore || this.#open.kind === 'none')) return { kind: 'math', end: mathEnd }
    const list = listItem.test(line)
    if (this.#open.kind === 'none') return { kind: 'text', list }
    if (heading.test(line)) return { kind: 'text', list: false }
    const goesOn = !this.#blankBefore || /^[ \t]/.test(line) || (this.#open.kind === 'text' && this.#open.list && list)
    return goesOn ? null : { kind: 'text', list }
  }

  #begin(open: Open, line: string): void {
    this.#open = open
    if (open.kind === 'math') this.#takeMath(line.slice(2), open.end)
    else if (open.kind === 'text') {
      this.#add(line)
      if (heading.test(line)) this.#close()
    }
  }

  #takeMath(line: string, end: string): void {
    const at = line.indexOf(end)
    if (at < 0) return this.#add(line)
    this.#add(line.slice(0, at))
    this.#close()
    const rest = line.slice(at + end.length)
    if (rest.trim() !== '') this.#take(rest.trimStart())
  }

  #add(line: string): void {
    this.#lines.push(line)
    this.#openCharacters += line.length + 1
    if (this.#open.kind !== 'text') return
    if (this.#lines.length === 2 && tableRule.test(line)) this.#tableHead = [...this.#lines]
    if (this.#openCharacters > longestBlock) this.#close()
  }

  /** A list goes on as another list, a table as another table with the same head. */
  #cutLong(next: string): void {
    if (this.#open.kind !== 'text' || this.#openCharacters < longBlock) return
    const head = this.#tableHead
    if (head.length === 0 && !(this.#open.list && listItem.test(next) && !next.startsWith(' '))) return
    const open = this.#open
    this.#close()
    this.#open = open
    for (const line of head) this.#add(line)
    this.#tableHead = head
  }

  #close(): void {
    if (this.#open.kind === 'none') return
    const closed = block(this.#open, this.#lines, true)
    if (closed.kind !== 'markdown' || closed.text.trim() !== '') this.#push(closed)
    this.#forget()
  }

  #push(closed: MarkdownBlock): void {
    this.#closed = [...this.#closed, closed]
  }

  #forget(): void {
    this.#open = { kind: 'none' }
    this.#lines = []
    this.#openCharacters = 0
    this.#blankBefore = false
    this.#tableHead = []
  }

  #reset(): void {
    this.#seen = ''
    this.#closed = []
    this.#forget()
  }
}

function block(open: Open, lines: readonly string[], closed: boolean): MarkdownBlock {
  const text = lines.join('\n')
  switch (open.kind) {
    case 'code':
      return { kind: 'code', text, language: open.language.toLowerCase(), closed }
    case 'math':
      return { kind: 'math', text: text.trim(), language: '', closed }
    case 'none':
    case 'text':
      return { kind: 'markdown', text: text.trimEnd(), language: '', closed }
  }
}

function closesFence(line: string, mark: string): boolean {
  const trimmed = line.trim()
  return trimmed.length >= mark.length && trimmed === mark.charAt(0).repeat(trimmed.length) && !/^ {4}/.test(line)
}
