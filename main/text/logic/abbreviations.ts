// Whether a full stop ends a sentence: abbreviations, initials, enumerators, German ordinals, quoted questions.

/** Never the end of a sentence. */
const always = listed(
  'mr mrs ms dr prof st mt messrs hon rev fr hr gen col capt lt sgt gov sen rep pres dipl ing phil cf vs viz approx resp e.g i.e z.b d.h u.a o.g i.d.r v.a s.o s.u bzw ca evtl ggf inkl zzgl vgl sog',
)
/** The end of a sentence unless a number follows: `No. 5`, `p. 12`, `Abs. 3`, `Jan. 4`. */
const beforeNumber = listed(
  'no nos nr fig figs eq eqs vol vols pp p ed eds sec ch chap art arts para abs abb bd kap tab s str § jan feb mar mär apr jun jul aug sep sept oct okt nov dec dez al',
)
const months =
  /^(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jahrhundert)/
const enumerator = /^[([]?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[A-Za-z]|[IVXLC]{1,5})[.)\]]{1,2}$/
const initial = /(?:^|[\s(.])(\p{Lu})\.$/u
const nameBeforeInitial = /(?:^|[\s(])(?:\p{Lu}[\p{L}’'-]+|\p{Lu}\.|)\s*\p{Lu}\.$/u

/** No word or name that decides is longer; looking further back costs the square of a text without spaces. */
const lookedAt = 120

/**
 * True when a sentence break proposed between `sentence` and `after` (both trimmed) is not one, and the two belong
 * together. Only the end of `sentence` decides.
 */
export function belongTogether(sentence: string, after: string): boolean {
  const before = sentence.slice(-lookedAt)
  if (enumerator.test(before)) return true
  if (/[!?]["'”’»)\]]+$/.test(before) || before.endsWith('!') || before.endsWith('?')) return /^\p{Ll}/u.test(after)
  if (!before.endsWith('.')) return false
  const last =
    /(\S+)\.$/
      .exec(before)?.[1]
      ?.toLowerCase()
      .replace(/^[("'“„«[]+/, '') ?? ''
  if (always.has(last) || /(?:^|\s)(?:e\.\s?g|i\.\s?e|z\.\s?B|d\.\s?h|u\.\s?a)\.$/.test(before)) return true
  if (/(?:^|\s)[zdu]\.$/.test(before) && /^[Bha]\./.test(after)) return true
  if (beforeNumber.has(last)) return /^[([]?\d/.test(after)
  if (/(?:^|\s)\d{1,2}\.$/.test(before)) return months.test(after)
  if (initial.test(before) && nameBeforeInitial.test(before)) return /^\p{Lu}/u.test(after)
  return false
}

function listed(words: string): ReadonlySet<string> {
  return new Set(words.split(' '))
}
