// What an acceptance row is: one promise of the product, shown to hold by evidence anyone can read.

/** Says one line of evidence, printed as it comes and kept in the report. */
export type Evidence = (line: string) => void

/** Green holds, red does not; skipped says why this machine cannot tell. A throw counts as red. */
export type Verdict = 'green' | 'red' | { readonly skipped: string }

/**
 * One row of `npm run prove -- NAME`: a file `test/acceptance/NAME/*.ts` exports it as `row`. `doneWhen` is the promise
 * in words. Rows run one after another; `fast` ones (seconds, not minutes) also run in `npm test`.
 */
export type Row = {
  readonly name: string
  readonly doneWhen: string
  readonly fast?: boolean
  /** A row that takes longer is red. 30 when not given. */
  readonly limitMinutes?: number
  run(evidence: Evidence): Promise<Verdict>
}
