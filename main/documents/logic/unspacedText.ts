// Writing that puts no spaces between words: its characters one by one, so that any run of them can be found.

/** Characters of Han, kana, Thai, Lao, Khmer and Myanmar; Korean has spaces. */
export const unspacedRun =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu

const anyUnspaced = new RegExp(unspacedRun.source, 'u')

/** The characters of such scripts with spaces between them, line breaks between runs; null when there are none. */
export function unspacedCharacters(text: string): string | null {
  if (!anyUnspaced.test(text)) return null
  return (text.match(unspacedRun) ?? []).map((run) => [...run].join(' ')).join('\n')
}
