// Word's list definitions, and the label each list paragraph carries on the page.
import { bulletAt } from '../listMarks.ts'
import { writeNumber } from './listNumbers.ts'
import type { XmlEvent, XmlOpen, XmlTaker } from './xmlEvent.ts'

type Level = { format: string; text: string; start: number }
type List = { readonly abstractId: string; readonly starts: Map<number, number> }

/** A label's pattern stands before every paragraph of its list, so it is bounded. */
const LONGEST_LABEL = 50
/** Deepest level Word knows. */
const LAST_LEVEL = 8

/** Takes `numbering.xml`, then answers labels in document order. */
export class DocxNumbering implements XmlTaker {
  readonly #levels = new Map<string, Map<number, Level>>()
  readonly #lists = new Map<string, List>()
  readonly #counters = new Map<string, number[]>()
  #abstractId: string | null = null
  #listId: string | null = null
  #level = 0
  readonly #restarted = new Set<string>()

  take(event: XmlEvent): void {
    if (event.kind === 'open') this.#open(event)
    else if (event.kind === 'close' && event.name === 'w:abstractNum') this.#abstractId = null
    else if (event.kind === 'close' && event.name === 'w:num') this.#listId = null
  }

  /** "1.", "2.3", "•" for the next paragraph of a list's level; '' for none. */
  label(listId: string, level: number): string {
    const list = this.#lists.get(listId)
    const levels = list === undefined ? undefined : this.#levels.get(list.abstractId)
    const at = Math.min(Math.max(0, level), LAST_LEVEL)
    const own = levels?.get(at)
    if (list === undefined || levels === undefined || own === undefined) return listId === '0' ? '' : bulletAt(at + 1)
    const counters = this.#count(listId, list, levels, at)
    if (own.format === 'bullet') return bulletAt(at + 1)
    if (own.format === 'none') return ''
    return own.text.replace(/%([1-9])/g, (_, digit: string) => {
      const index = Number(digit) - 1
      return writeNumber(counters[index] ?? startOf(list, levels, index), levels.get(index)?.format ?? 'decimal')
    })
  }

  #open({ name, attributes }: XmlOpen): void {
    const value = attributes['w:val'] ?? ''
    switch (name) {
      case 'w:abstractNum':
        this.#abstractId = attributes['w:abstractNumId'] ?? ''
        this.#levels.set(this.#abstractId, new Map())
        return
      case 'w:num':
        this.#listId = attributes['w:numId'] ?? ''
        return
      case 'w:abstractNumId':
        if (this.#listId !== null) this.#lists.set(this.#listId, { abstractId: value, starts: new Map() })
        return
      case 'w:lvlOverride':
      case 'w:lvl':
        this.#level = Number(attributes['w:ilvl'] ?? 0)
        if (this.#abstractId !== null) this.#ofAbstract()?.set(this.#level, { format: 'decimal', text: '', start: 1 })
        return
      case 'w:startOverride':
        if (this.#listId !== null) this.#lists.get(this.#listId)?.starts.set(this.#level, Number(value))
        return
      default:
        this.#describe(name, value)
    }
  }

  #describe(name: string, value: string): void {
    const level = this.#ofAbstract()?.get(this.#level)
    if (level === undefined) return
    if (name === 'w:numFmt') level.format = value
    if (name === 'w:lvlText') level.text = value.slice(0, LONGEST_LABEL)
    if (name === 'w:start') level.start = Number(value) || 0
  }

  #ofAbstract(): Map<number, Level> | undefined {
    return this.#abstractId === null ? undefined : this.#levels.get(this.#abstractId)
  }

  /** Counts one on at `at`; deeper levels begin again. Lists of one definition count on together. */
  #count(listId: string, list: List, levels: ReadonlyMap<number, Level>, at: number): readonly number[] {
    const counters = this.#counters.get(list.abstractId) ?? []
    this.#counters.set(list.abstractId, counters)
    if (!this.#restarted.has(listId)) {
      this.#restarted.add(listId)
      for (const level of list.starts.keys()) counters.length = Math.min(counters.length, level)
    }
    for (let level = 0; level < at; level += 1) counters[level] ??= startOf(list, levels, level)
    counters[at] = counters[at] === undefined ? startOf(list, levels, at) : counters[at] + 1
    counters.length = at + 1
    return counters
  }
}

function startOf(list: List, levels: ReadonlyMap<number, Level>, level: number): number {
  return list.starts.get(level) ?? levels.get(level)?.start ?? 1
}
