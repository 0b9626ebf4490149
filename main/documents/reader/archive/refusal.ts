// How a package's readers leave a document they cannot read: thrown deep inside, a value again at the reader's edge.
import { failureOf, type Result } from '#contract/result.ts'
import type { ReaderFailure } from '../../protocol.ts'

/** Carries an expected failure up through parsers' callbacks and streams. Never leaves this process's readers. */
export class Refusal extends Error {
  readonly failure: ReaderFailure

  constructor(failure: ReaderFailure) {
    super(failure.code)
    this.failure = failure
  }
}

/** A refusal for one of the reasons `document-unsafe` knows. */
export function unsafe(
  name: string,
  reason: Extract<ReaderFailure, { code: 'document-unsafe' }>['details']['reason'],
): Refusal {
  return new Refusal({ code: 'document-unsafe', details: { name, reason } })
}

/** A refusal because the document contradicts its own format. */
export function corrupt(name: string): Refusal {
  return new Refusal({ code: 'document-corrupt', details: { name } })
}

/** The failure a caught error stands for; what is no refusal came from a parser fed with damaged bytes. */
export function refused(error: unknown, name: string): Extract<Result<never>, { ok: false }> {
  return { ok: false, failure: error instanceof Refusal ? error.failure : failureOf('document-corrupt', { name }) }
}
