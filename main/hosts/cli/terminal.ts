// The terminal: results on the output, words and progress on the error output, nothing a document says can steer it.
import { styleText } from 'node:util'

/** The part of a stream that is used; `process.stdout` and `process.stderr` are two. */
export type Sink = {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/** What a terminal is made from. `now` is in milliseconds. */
export type TerminalOptions = {
  readonly output: Sink
  readonly errors: Sink
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly now: () => number
}

/** Text wider than this is hard to read, however wide the window. */
const widest = 88

/** A progress line changes at most this often, in milliseconds: on a terminal, and in a log file. */
const progressPauses = { terminal: 80, file: 5_000 } as const

// C0 and C1 control characters but tab and line feed, and the marks that turn writing direction around.
const steering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Text without anything a terminal would obey. */
export function harmless(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(steering, '')
}

/** Writes for people and for programs. */
export class Terminal {
  readonly #options: TerminalOptions
  readonly width: number
  #progressShown = false
  #progressAt: number
  #progressText = ''

  constructor(options: TerminalOptions) {
    this.#options = options
    // A file has no use for a line about work that is over before anyone could have read it.
    this.#progressAt = options.errors.isTTY === true ? Number.NEGATIVE_INFINITY : options.now()
    this.width = Math.min(widest, Math.max(40, options.output.columns ?? 80))
  }

  /** One line of JSON on the output; what a terminal would obey is written as `\\u` escapes, which JSON reads the same. */
  json(value: unknown): void {
    this.clearProgress()
    const text = JSON.stringify(value).replace(steering, (character) => {
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
    })
    this.#options.output.write(`${text}\n`)
  }

  /** Lines on the output, as they are. */
  print(text = ''): void {
    this.clearProgress()
    this.#options.output.write(`${text}\n`)
  }

  /** Text on the output without a line end: for answers as they come. */
  printPart(text: string): void {
    this.clearProgress()
    this.#options.output.write(harmless(text))
  }

  /** A line for the person on the error output. */
  note(text: string): void {
    this.clearProgress()
    this.#options.errors.write(`${text}\n`)
  }

  /** A question on the error output; the answer is typed behind it. */
  ask(text: string): void {
    this.clearProgress()
    this.#options.errors.write(`${text} `)
  }

  /** What is happening now; replaces the line before on a terminal, and comes seldom in a file. */
  progress(text: string): void {
    const { errors, now } = this.#options
    const pause = errors.isTTY === true ? progressPauses.terminal : progressPauses.file
    if (text === this.#progressText || now() - this.#progressAt < pause) return
    this.#progressAt = now()
    this.#progressText = text
    if (errors.isTTY !== true) {
      errors.write(`${harmless(text)}\n`)
      return
    }
    const room = Math.max(10, (errors.columns ?? 80) - 1)
    const line = harmless(text)
    errors.write(`\r\u001b[2K${line.length > room ? `${line.slice(0, room - 1)}…` : line}`)
    this.#progressShown = true
  }

  /** Takes the progress line away. */
  clearProgress(): void {
    if (this.#progressShown) this.#options.errors.write('\r\u001b[2K')
    this.#progressShown = false
    this.#progressText = ''
  }

  /** A heading. */
  strong(text: string): string {
    return this.#styled('bold', text)
  }

  /** What may be read later. */
  quiet(text: string): string {
    return this.#styled('dim', text)
  }

  #styled(style: 'bold' | 'dim', text: string): string {
    const plain = this.#options.output.isTTY !== true || Boolean(this.#options.environment['NO_COLOR'])
    return plain ? text : styleText(style, text, { validateStream: false })
  }
}

/** Breaks text at spaces into lines of at most `width`; the first line begins with `first`, the others with `rest`. */
export function wrap(text: string, width: number, first = '', rest = first): string {
  const lines: string[] = []
  for (const paragraph of harmless(text).split('\n')) {
    let line = lines.length === 0 ? first : rest
    let empty = true
    for (const word of paragraph.split(/\s+/).filter((part) => part !== '')) {
      if (!empty && line.length + 1 + word.length > width) {
        lines.push(line)
        line = rest
        empty = true
      }
      line += empty ? word : ` ${word}`
      empty = false
    }
    lines.push(line.trimEnd())
  }
  return lines.join('\n')
}
