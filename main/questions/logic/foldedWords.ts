// Words as questions compare them: as all of Sotto does, and without marks above letters.
import { wordsOf } from '../../text/logic/words.ts'

/** The words of a text as they are compared: `wordsOf`, without marks above letters, ß as ss. */
export function keysOf(text: string): string[] {
  return wordsOf(text).map(folded)
}

/** A word without marks above letters, ß as ss. */
export function folded(word: string): string {
  return /^[\w]*$/.test(word)
    ? word
    : word
        .normalize('NFD')
        .replace(/\p{Mn}/gu, '')
        .replaceAll('ß', 'ss')
}
