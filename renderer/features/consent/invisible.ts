// Characters one does not see in a text that is sent: found, named and counted, so that they can be shown as marks.

/** What an invisible character is called; the words are under `consent.invisible.name`. */
export type InvisibleName =
  | 'zeroWidthSpace'
  | 'zeroWidthNonJoiner'
  | 'zeroWidthJoiner'
  | 'wordJoiner'
  | 'byteOrderMark'
  | 'softHyphen'
  | 'graphemeJoiner'
  | 'leftToRightMark'
  | 'rightToLeftMark'
  | 'arabicLetterMark'
  | 'leftToRightEmbedding'
  | 'rightToLeftEmbedding'
  | 'endOfDirection'
  | 'leftToRightOverride'
  | 'rightToLeftOverride'
  | 'leftToRightIsolate'
  | 'rightToLeftIsolate'
  | 'firstStrongIsolate'
  | 'endOfIsolate'
  | 'lineSeparator'
  | 'paragraphSeparator'
  | 'hangulFiller'
  | 'brailleBlank'
  | 'variationSelector'
  | 'tag'
  | 'control'
  | 'other'

/**
 * A run of invisible characters of one kind, exactly as they stand. `count` is in characters; `code` is the first one's
 * (`U+200B`); `spelled` is what tag characters spell, empty for all others.
 */
export type InvisibleRun = {
  readonly text: string
  readonly name: InvisibleName
  readonly code: string
  readonly count: number
  readonly spelled: string
}

const named: ReadonlyMap<number, InvisibleName> = new Map([
  [0xad, 'softHyphen'],
  [0x34f, 'graphemeJoiner'],
  [0x61c, 'arabicLetterMark'],
  [0x115f, 'hangulFiller'],
  [0x1160, 'hangulFiller'],
  [0x200b, 'zeroWidthSpace'],
  [0x200c, 'zeroWidthNonJoiner'],
  [0x200d, 'zeroWidthJoiner'],
  [0x200e, 'leftToRightMark'],
  [0x200f, 'rightToLeftMark'],
  [0x2028, 'lineSeparator'],
  [0x2029, 'paragraphSeparator'],
  [0x202a, 'leftToRightEmbedding'],
  [0x202b, 'rightToLeftEmbedding'],
  [0x202c, 'endOfDirection'],
  [0x202d, 'leftToRightOverride'],
  [0x202e, 'rightToLeftOverride'],
  [0x2060, 'wordJoiner'],
  [0x2066, 'leftToRightIsolate'],
  [0x2067, 'rightToLeftIsolate'],
  [0x2068, 'firstStrongIsolate'],
  [0x2069, 'endOfIsolate'],
  [0x2800, 'brailleBlank'],
  [0x3164, 'hangulFiller'],
  [0xfeff, 'byteOrderMark'],
  [0xffa0, 'hangulFiller'],
])

/** Emoji as they are written: joined ones, coloured ones, keycaps and the flags of England, Scotland and Wales. */
const emoji =
  /\p{Extended_Pictographic}(?:[\uFE0E\uFE0F]|\p{Emoji_Modifier})?(?:\u200D\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?)*|[0-9#*]\uFE0F\u20E3/u
const flag =
  /\u{1F3F4}\u{E0067}\u{E0062}(?:\u{E0065}\u{E006E}\u{E0067}|\u{E0073}\u{E0063}\u{E0074}|\u{E0077}\u{E006C}\u{E0073})\u{E007F}/u
/** Format characters that are seen: signs of Arabic, Syriac, Kaithi and Egyptian writing. Line ends and tabs are seen, too. */
const seen = /[\t\n\r\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}\u{13430}-\u{1343F}]/u
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\u2028\u2029\u2800]/u
const pattern = `(${flag.source}|${emoji.source})|(?!${seen.source})${unseen.source}`

/** The text as plain pieces and runs of invisible characters; joined they are the text again. */
export function invisibleRuns(text: string): readonly (string | InvisibleRun)[] {
  const pieces: (string | InvisibleRun)[] = []
  let plainFrom = 0
  for (const match of text.matchAll(new RegExp(pattern, 'gu'))) {
    if (match[1] !== undefined) continue
    if (match.index > plainFrom) pieces.push(text.slice(plainFrom, match.index))
    const last = pieces.at(-1)
    const found = runOf(match[0])
    const joined =
      typeof last === 'object' && last.name === found.name && sameKind(last, found) ? joinRuns(last, found) : null
    if (joined === null) pieces.push(found)
    else pieces[pieces.length - 1] = joined
    plainFrom = match.index + match[0].length
  }
  if (plainFrom < text.length) pieces.push(text.slice(plainFrom))
  return pieces
}

/** How many characters of the texts cannot be seen. */
export function countInvisible(texts: readonly string[]): number {
  const runs = texts.flatMap((text) => invisibleRuns(text))
  return runs.reduce((sum, run) => sum + (typeof run === 'string' ? 0 : run.count), 0)
}

function runOf(text: string): InvisibleRun {
  const point = text.codePointAt(0) ?? 0
  const name = nameOf(point, text)
  const code = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`
  const letter = name === 'tag' && point >= 0xe0020 && point < 0xe007f ? String.fromCodePoint(point - 0xe0000) : ''
  return { text, name, code, count: 1, spelled: letter }
}

function nameOf(point: number, text: string): InvisibleName {
  const name = named.get(point)
  if (name !== undefined) return name
  if (point >= 0xe0000 && point <= 0xe007f) return 'tag'
  if (/\p{Variation_Selector}/u.test(text)) return 'variationSelector'
  return /\p{Cc}/u.test(text) ? 'control' : 'other'
}

/** Characters without a name of their own are told apart by their code. */
function sameKind(one: InvisibleRun, other: InvisibleRun): boolean {
  return (one.name !== 'control' && one.name !== 'other') || one.code === other.code
}

function joinRuns(one: InvisibleRun, other: InvisibleRun): InvisibleRun {
  const { name, code } = one
  return {
    text: one.text + other.text,
    name,
    code,
    count: one.count + other.count,
    spelled: one.spelled + other.spelled,
  }
}
