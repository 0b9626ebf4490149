// Dates in a text, whatever way they are written in English or German, made comparable part by part.

/** What a date says; parts it does not name are null. `weekday` 0 is Sunday. Offsets in the text, `end` exclusive. */
export type DateMention = {
  readonly year: number | null
  readonly month: number | null
  readonly day: number | null
  readonly weekday: number | null
  readonly said: string
  readonly start: number
  readonly end: number
}

type Parts = Pick<DateMention, 'year' | 'month' | 'day' | 'weekday'>

const monthNames: readonly (readonly string[])[] = [
  ['january', 'januar', 'jänner', 'jan'],
  ['february', 'februar', 'feber', 'feb'],
  ['march', 'märz', 'mar'],
  ['april', 'apr'],
  ['may', 'mai'],
  ['june', 'juni', 'jun'],
  ['july', 'juli', 'jul'],
  ['august', 'aug'],
  ['september', 'sept', 'sep'],
  ['october', 'oktober', 'oct', 'okt'],
  ['november', 'nov'],
  ['december', 'dezember', 'dec', 'dez'],
]
const weekdayNames: readonly (readonly string[])[] = [
  ['sunday', 'sonntag'],
  ['monday', 'montag'],
  ['tuesday', 'dienstag'],
  ['wednesday', 'mittwoch'],
  ['thursday', 'donnerstag'],
  ['friday', 'freitag'],
  ['saturday', 'samstag', 'sonnabend'],
]
const month = `(?:${monthNames.flat().join('|')})(?![\\p{L}])\\.?`
const weekday = `(?:${weekdayNames.flat().join('|')})s?(?!\\p{L})`
const day = '(?:0?[1-9]|[12]\\d|3[01])'
const year = '(?:1[5-9]|20)\\d{2}(?![\\d%])'
const before = '(?<![\\p{L}\\p{N}.,/-])'
const after = '(?![\\p{N}])'
/** Each way of writing a date, longest first; the names of the groups are the parts. */
const ways: readonly RegExp[] = [
  `${before}(?:(?<weekday>${weekday}),? (?:the |den |dem )?)?(?<day>${day})(?:st|nd|rd|th|\\.)?(?: of)? ?(?<month>${month})(?:,? (?<year>${year}))?`,
  `${before}(?:(?<weekday>${weekday}),? )?(?<month>${month}) (?<day>${day})(?:st|nd|rd|th)?${after}(?:,? (?<year>${year}))?`,
  `${before}(?<month>${month}),? (?<year>${year})`,
  `${before}(?<year>${year})-(?<month>\\d{2})-(?<day>\\d{2})${after}`,
  `${before}(?<day>${day})\\. ?(?<month>1[0-2]|0?[1-9])\\. ?(?<year>\\d{4}|\\d{2})(?!\\p{N}|[.,]\\p{N})`,
  // Without a year only where it can be nothing else: 19.1. may also end a sentence.
  `(?<=\\b(?:am|vom|zum|bis|ab|den|dem|seit|und) )(?<day>${day})\\. ?(?<month>1[0-2]|0?[1-9])\\.(?! ?\\p{N})`,
  `${before}(?<day>${day})/(?<month>1[0-2]|0?[1-9])/(?<year>\\d{4})${after}`,
  `(?<=\\b(?:in|by|of|since|until|till|from|before|after|during|between|and|mid|late|early|last|next|im|seit|bis|ab|ende|anfang|mitte|vor|nach) |mid-)(?<month>${month})`,
  `${before}(?<month>(?:january|february|april|june|july|september|october|november|december|januar|februar|märz|juni|juli|oktober|dezember))(?!\\p{L})`,
  `${before}(?<weekday>${weekday})`,
  `${before}(?<year>${year})(?![.,]\\d|\\p{L}| (?:euro|pounds?|dollars?|members?|people|years?|jahre))`,
].map((source) => new RegExp(source, 'giu'))

/** Every date named, in order, no two overlapping. Relative ones (`next week`) are not guessed. */
export function datesOf(text: string): DateMention[] {
  const found: DateMention[] = []
  for (const way of ways) {
    for (const match of text.matchAll(way)) {
      const [said] = match
      const start = match.index
      const end = start + said.length
      if (/^(?:may|march|mai|mar|august)$/i.test(said) && !/^\p{Lu}/u.test(said)) continue
      if (found.some((other) => start < other.end && other.start < end)) continue
      const parts = partsOf(match.groups ?? {})
      if (parts !== null) found.push({ ...parts, said: said.trim(), start, end })
    }
  }
  return found.sort((a, b) => a.start - b.start)
}

/** True when `known` says all that `said` says; a year may also stand in `years`, a weekday follow from the date. */
export function coversDate(known: Parts, said: Parts, years: ReadonlySet<number>): boolean {
  const yearFits =
    said.year === null ||
    said.year === known.year ||
    (known.year === null && years.has(said.year) && known.day !== null)
  const reckoned = known.weekday ?? weekdayOf({ ...known, year: known.year ?? said.year })
  const weekdayFits = said.weekday === null || said.weekday === reckoned
  return yearFits && fits(said.month, known.month) && fits(said.day, known.day) && weekdayFits
}

function fits(said: number | null, known: number | null): boolean {
  return said === null || said === known
}

function partsOf(groups: Readonly<Record<string, string | undefined>>): Parts | null {
  const parts = {
    year: numberOf(groups['year']),
    month: positionIn(monthNames, groups['month'], 1) ?? numberOf(groups['month']),
    day: numberOf(groups['day']),
    weekday: positionIn(weekdayNames, groups['weekday'], 0),
  }
  if (parts.month !== null && (parts.month < 1 || parts.month > 12)) return null
  return parts.year !== null && parts.year < 100 ? { ...parts, year: parts.year + 2000 } : parts
}

function numberOf(text: string | undefined): number | null {
  const value = text === undefined ? Number.NaN : Number(text)
  return Number.isNaN(value) ? null : value
}

function positionIn(names: readonly (readonly string[])[], text: string | undefined, first: number): number | null {
  if (text === undefined) return null
  const plain = text.toLowerCase().replace(/\.$/, '')
  const at = names.findIndex((each) => each.includes(plain) || each.includes(plain.replace(/s$/, '')))
  return at < 0 ? null : at + first
}

/** Day of the week by Zeller's congruence (Gregorian), 0 is Sunday; null when the date is not whole. */
function weekdayOf({ year: y, month: m, day: d }: Parts): number | null {
  if (y === null || m === null || d === null) return null
  const shifted = m < 3 ? y - 1 : y
  const place = m < 3 ? m + 12 : m
  const century = Math.floor(shifted / 100)
  const rest = shifted % 100
  const h = d + Math.floor((13 * (place + 1)) / 5) + rest + Math.floor(rest / 4) + Math.floor(century / 4) + 5 * century
  return (h + 6) % 7
}
