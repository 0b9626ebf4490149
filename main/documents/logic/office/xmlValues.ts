// Small parts of a package whose elements each say one thing: relationships, content types, titles, lists of parts.
import type { XmlEvent, XmlTaker } from './xmlEvent.ts'

/** An element's attributes as they stand. */
export type Attributes = Readonly<Record<string, string>>

/** Collects the attributes of every element of some names, and the text of others, in document order. */
export class XmlValues implements XmlTaker {
  readonly #wanted: ReadonlySet<string>
  readonly #elements: { readonly name: string; readonly attributes: Attributes; text: string }[] = []
  readonly #open: (number | null)[] = []

  /** `wanted` are element names as `XmlEvent` has them. */
  constructor(...wanted: readonly string[]) {
    this.#wanted = new Set(wanted)
  }

  take(event: XmlEvent): void {
    if (event.kind === 'open') {
      const isWanted = this.#wanted.has(event.name)
      this.#open.push(isWanted ? this.#elements.length : null)
      if (isWanted) this.#elements.push({ name: event.name, attributes: event.attributes, text: '' })
    } else if (event.kind === 'close') {
      this.#open.pop()
    } else {
      const element = this.#elements[this.#open.at(-1) ?? -1]
      if (element !== undefined) element.text += event.text
    }
  }

  /** Attributes of all elements of a name. */
  all(name: string): readonly Attributes[] {
    return this.#elements.filter((element) => element.name === name).map(({ attributes }) => attributes)
  }

  /** Text of the first element of a name that has any. */
  text(name: string): string | null {
    return this.#elements.find((element) => element.name === name && element.text.trim() !== '')?.text.trim() ?? null
  }
}
