// What redaction finds in a text.

/** Every kind of thing that is hidden, in the order in which one wins over another at the same place. */
export const redactionClasses = [
  'own-term',
  'secret',
  'email',
  'iban',
  'card',
  'national-id',
  'mac',
  'ip',
  'birth-date',
  'phone',
  'organisation',
  'person',
] as const

/** One of them. */
export type RedactionClass = (typeof redactionClasses)[number]

/** `checked`: a checksum or a fixed form holds; `rule`: a form or key words say so; `suggested`: it looks like one. */
export type Confidence = 'checked' | 'rule' | 'suggested'

/**
 * One place in a text, in UTF-16 units, `end` exclusive. `id` is unique within the text and the same for the same text.
 * `entity` is the same for two ways of writing one thing (a number with and without spaces); it holds what it names.
 */
export type Finding = {
  readonly id: string
  readonly class: RedactionClass
  readonly start: number
  readonly end: number
  readonly original: string
  readonly entity: string
  readonly confidence: Confidence
}

/** A finding before it has been given a place in the whole text. */
export type Candidate = Omit<Finding, 'id' | 'original'>
