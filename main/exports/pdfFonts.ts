// The fonts of the PDF export: for each letter the first font that has it.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Weights a piece of text can have. */
export type Weight = 'regular' | 'strong' | 'code'

/** Font files by name, by weight in the order they are asked. */
export type FontFiles = ReadonlyMap<Weight, readonly { readonly name: string; readonly bytes: Buffer }[]>

const scripts = ['latin', 'latin-ext', 'greek', 'cyrillic', 'cyrillic-ext', 'vietnamese'] as const

/** Reads the fonts of the resources folder. */
export async function readFonts(resources: string): Promise<FontFiles> {
  const folder = join(resources, 'fonts')
  const files = (await readdir(folder)).filter((name) => name.endsWith('.woff'))
  const wanted: readonly (readonly [Weight, string])[] = [
    ['regular', '400'],
    ['strong', '600'],
  ]
  const read = async (name: string) => ({ name, bytes: await readFile(join(folder, name)) })
  const fonts = new Map<Weight, { name: string; bytes: Buffer }[]>()
  for (const [weight, number] of wanted) {
    const names = scripts.map((script) => `source-serif-4-${script}-${number}-normal.woff`)
    fonts.set(weight, await Promise.all(names.filter((name) => files.includes(name)).map(read)))
  }
  fonts.set('code', [await read('jetbrains-mono-latin-400-normal.woff'), ...(fonts.get('regular') ?? [])])
  return fonts
}

/** A piece of text in one font; `font` null where none has its letters. */
export type FontRun = { readonly font: string | null; readonly text: string }

/** Cuts a text into pieces of one font each; `fontFor` names the font of a character. Spaces stay with what is before. */
export function fontRuns(text: string, fontFor: (codePoint: number) => string | null): FontRun[] {
  const runs: { font: string | null; text: string }[] = []
  for (const character of text) {
    const last = runs.at(-1)
    const font =
      character === ' ' && last !== undefined && last.font !== null ? last.font : fontFor(character.codePointAt(0) ?? 0)
    if (last !== undefined && last.font === font) last.text += character
    else runs.push({ font, text: character })
  }
  return runs
}
