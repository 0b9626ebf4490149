// German endings, light: enough that `Kosten`, `Kostens` and `kostet` can meet; never more than comparison needs.

/** A word without its ending; short words stay as they are. Lower-case, as `wordsOf` writes it. */
export function germanStem(word: string): string {
  if (word.length < 5 || !/^\p{L}+$/u.test(word)) return word
  const plain = word.replaceAll('ä', 'a').replaceAll('ö', 'o').replaceAll('ü', 'u').replaceAll('ß', 'ss')
  const participle = /^ge(.{3,})(?:t|en)$/.exec(plain)?.[1]
  const bare = participle ?? plain
  const cut = bare.replace(/(?:ern|em|en|er|es|est|st|et|te|ten|e|n|s|t)$/, '')
  return cut.length >= 3 ? cut : bare
}
