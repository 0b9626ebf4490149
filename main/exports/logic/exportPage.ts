// What every format writes: an export as headings, paragraphs, lists, passages and facts, in the reader's language.
import type { Say } from './placeWords.ts'

/** A piece of a line. `mark` says what the piece is; formats show it each in their way, never by colour alone. */
export type Run =
  | { readonly kind: 'text'; readonly text: string; readonly mark: Mark }
  | { readonly kind: 'citation'; readonly number: number }

/** `unsupported`: the document does not carry it. `removed` and `inserted`: words only one version has. */
export type Mark = 'plain' | 'strong' | 'quiet' | 'unsupported' | 'removed' | 'inserted'

/** One version of a changed passage, under its place. */
export type Version = { readonly label: string; readonly runs: readonly Run[] }

/** A block of the page. Level 1 is the title. `warning` is something a reader must not miss. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly runs: readonly Run[]; readonly tone: 'plain' | 'quiet' | 'warning' }
  | { readonly kind: 'list'; readonly items: readonly (readonly Run[])[] }
  | { readonly kind: 'facts'; readonly rows: readonly Fact[] }
  | {
      readonly kind: 'versions'
      readonly title: string
      readonly before: Version | null
      readonly after: Version | null
    }
  | { readonly kind: 'passage'; readonly number: number; readonly place: string; readonly text: string }

/** A term and its value; `code` for hashes and the like. */
export type Fact = { readonly term: string; readonly value: string; readonly code: boolean }

/**
 * A laid out export. `description` is one line for a file's properties; `places` are the words of each citation, `say` says
 * what only one format needs.
 */
export type ExportPage = {
  readonly language: 'en' | 'de'
  readonly title: string
  readonly description: string
  readonly date: string
  readonly blocks: readonly Block[]
  readonly places: ReadonlyMap<number, string>
  readonly say: Say
}

/** A plain piece. */
export function plain(text: string): Run {
  return { kind: 'text', text, mark: 'plain' }
}

/** A piece with a mark. */
export function marked(text: string, mark: Mark): Run {
  return { kind: 'text', text, mark }
}

/** A paragraph of one plain piece. */
export function paragraph(text: string, tone: 'plain' | 'quiet' | 'warning' = 'plain'): Block {
  return { kind: 'paragraph', runs: [plain(text)], tone }
}

/** A heading below the title. */
export function heading(level: 2 | 3, text: string): Block {
  return { kind: 'heading', level, text }
}
