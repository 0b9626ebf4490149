// The made-up language of the bench model: words of three syllables, each one token, under a real byte-pair vocabulary.

const syllables = [...'bcdfghjklmnprstvwz'].flatMap((consonant) => [...'aeiou'].map((vowel) => consonant + vowel))
/** How a byte-level vocabulary writes a space. */
const space = 'Ġ'
/** A word's last syllable is one of the first so many: that is enough for the whole vocabulary. */
const lastSyllables = 19

/** Control tokens, at the end of the vocabulary. */
export const controlTokens = ['<|endoftext|>', '<|im_start|>', '<|im_end|>'] as const

/** Tokens in order of their ids: 256 bytes, pieces of words, `words` from id `firstWord` on, control tokens. */
export type Vocabulary = {
  readonly tokens: readonly string[]
  readonly merges: readonly string[]
  readonly firstWord: number
  readonly words: number
}

/** The word of a number, without its space. Numbers from 0 to 153,899 give different words. */
export function wordOf(index: number): string {
  const digits = [index % 90, Math.floor(index / 90) % 90, Math.floor(index / 8100)]
  return digits.map((digit) => syllables[digit] ?? '').join('')
}

/**
 * `size` tokens. The merges build a word in one way only, so a word the model writes is read back as the same token,
 * as it is with the vocabulary of a trained model.
 */
export function createVocabulary(size: number): Vocabulary {
  const tokens = bytesAsText()
  const merges: string[] = []
  const merge = (left: string, right: string): void => {
    merges.push(`${left} ${right}`)
    tokens.push(left + right)
  }
  for (const syllable of syllables) merge(syllable.charAt(0), syllable.charAt(1))
  for (const syllable of syllables) merge(space, syllable)
  for (const last of syllables.slice(0, lastSyllables)) for (const middle of syllables) merge(middle, last)
  const firstWord = tokens.length
  const words = size - controlTokens.length - firstWord
  if (words < 1 || words > 8100 * lastSyllables) throw new RangeError('no such vocabulary')
  for (let index = 0; index < words; index++) {
    const word = wordOf(index)
    merge(space + word.slice(0, 2), word.slice(2))
  }
  tokens.push(...controlTokens)
  return { tokens, merges, firstWord, words }
}

/** The 256 bytes as a byte-level vocabulary writes them: printable ones as they are, the rest as letters from U+0100 on. */
function bytesAsText(): string[] {
  let unprintable = 0
  return Array.from({ length: 256 }, (_, byte) => {
    const printable = (byte > 32 && byte < 127) || (byte > 160 && byte < 173) || byte > 173
    return String.fromCodePoint(printable ? byte : 256 + unprintable++)
  })
}

/** `count` words, so the same number of tokens give or take two; another `seed` gives another text from its first word on. */
export function text(count: number, seed: number): string {
  let state = (seed * 2_654_435_761) >>> 0 || 1
  const words = Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return wordOf(state % 140_000)
  })
  return words.join(' ')
}

/** How many words, and so tokens, a piece of the model's answer holds: each begins with its space. */
export function countWords(answer: string): number {
  return answer.split(' ').length - 1
}
