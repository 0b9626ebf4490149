// The small chips at the end of a claim: one per place, with the words a person would use for it.
import type { Locator } from '#contract/document.ts'

/** A chip: the key and values of its words under `documents.chip`, and the places it stands for. */
export type Chip = {
  readonly key: string
  readonly values: Readonly<Record<string, string | number>>
  readonly locators: readonly Locator[]
}

/** The words for one place. A page is called what the document prints on it. */
function chipWords(locator: Locator): Omit<Chip, 'locators'> {
  switch (locator.kind) {
    case 'page':
      return { key: 'page', values: { page: locator.label ?? locator.page } }
    case 'lines':
      return locator.from === locator.to
        ? { key: 'line', values: { line: locator.from } }
        : { key: 'lines', values: { from: locator.from, to: locator.to } }
    case 'slide':
      return { key: 'slide', values: { slide: locator.slide } }
    case 'cells':
      return { key: 'cells', values: { sheet: locator.sheet, range: locator.range } }
    case 'section':
      return locator.path.length === 0
        ? { key: 'paragraph', values: { paragraph: locator.paragraph } }
        : { key: 'section', values: { section: locator.path.at(-1) ?? '', paragraph: locator.paragraph } }
    case 'message':
      return { key: 'message', values: { message: locator.index + 1 } }
  }
}

/** Chips in the order of the places; places that are called the same share one. */
export function chipsOf(locators: readonly Locator[]): readonly Chip[] {
  const chips = new Map<string, Chip>()
  for (const locator of locators) {
    const words = chipWords(locator)
    const name = JSON.stringify(words)
    chips.set(name, { ...words, locators: [...(chips.get(name)?.locators ?? []), locator] })
  }
  return [...chips.values()]
}
