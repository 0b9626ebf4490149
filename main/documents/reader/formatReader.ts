// What every format's reader is given and gives; one file per format behind this one type.
import type { Coverage } from '#contract/document.ts'
import type { Result } from '#contract/result.ts'
import type { ReaderFailure, ReaderLimits, ReaderMessage } from '../protocol.ts'

/**
 * A file as random-access bytes. `read` never rejects: what cannot be read (beyond the end, an I/O error) comes as
 * zeros and sets `failure`, which readers look at between steps, because parsers cannot be trusted with it.
 */
export type DocumentSource = {
  readonly size: number
  /** Exactly `length` bytes from `offset`. */
  read(offset: number, length: number): Promise<Uint8Array>
  /** Why bytes were missing; null while all is well. */
  readonly failure: ReaderFailure | null
}

/** What a reader is told about the file besides its bytes. */
export type ReadContext = {
  readonly name: string
  readonly limits: ReaderLimits
  readonly password?: string | undefined
}

/** What is known of a text before it is read: its encoding and how many lines it has. */
export type TextFacts = { readonly encoding: string; readonly lines: number }

/** What a reader yields as it goes: units done (`withoutText`: those of them newly found empty), and segments. */
export type Reading = Extract<ReaderMessage, { type: 'progress' | 'segments' }>

/** How a reading that came to its end turned out. */
export type ReadingEnd = { readonly title: string | null; readonly coverage: Coverage }

/**
 * Reads one document from start to end. Ending the generator early stops the work at the next page or slice.
 * Failures: `document-encrypted`, `document-password-wrong`, `document-corrupt`, `document-without-text`, `document-too-long`, `file-empty` (blank lines alone), or the source's.
 */
export type FormatReader = (
  source: DocumentSource,
  context: ReadContext,
) => AsyncGenerator<Reading, Result<ReadingEnd>, void>
