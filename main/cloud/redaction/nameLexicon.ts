// What compromise knows of words: first names, surnames, everyday words. Its tagger is not run: 9 s for 200 KB.
import nlp from 'compromise/two'
import { germanFirstNames } from './logic/nameWords.ts'
import type { NameLexicon } from './logic/people.ts'

const firstNameTags: ReadonlySet<string> = new Set(['FirstName', 'MaleName', 'FemaleName'])
const nameTags: ReadonlySet<string> = new Set([...firstNameTags, 'LastName', 'Person', 'ProperNoun', 'Honorific'])

/** The library's word list, with our German first names added to it. */
export function createNameLexicon(): NameLexicon {
  const words = lexiconOf(nlp.model())
  const tagsOf = (word: string): readonly string[] => [words.get(word) ?? []].flat()
  return {
    isFirstName: (word) => germanFirstNames.has(word) || tagsOf(word).some((tag) => firstNameTags.has(tag)),
    isSurname: (word) => tagsOf(word).includes('LastName'),
    isCommon: (word) => tagsOf(word).some((tag) => !nameTags.has(tag)),
  }
}

function lexiconOf(model: object): ReadonlyMap<string, string | readonly string[]> {
  const { one } = model as { readonly one: { readonly lexicon: Readonly<Record<string, string | readonly string[]>> } } // as: the library types its model as object; the unit test holds the shape
  return new Map(Object.entries(one.lexicon))
}
