// One series of a chart, and the tables that several make: series over the same categories share one.
import type { Block } from './blocks.ts'
import { BoundedText } from './boundedText.ts'

/** Points of a series that are kept; charts people read have far fewer. */
const MOST_POINTS = 2000
const MOST_LEVELS = 8
/** Stands above the categories: an empty corner would be trimmed away, and the names with it to the left. */
const CORNER = '–'
const LONGEST_TEXT = 1000

/** A series as it is read, point by point. */
export class ChartSeries {
  readonly #name = new BoundedText(LONGEST_TEXT)
  /** Categories by index; several where they stand in levels, the innermost first. */
  readonly #levels: Map<number, string>[] = []
  readonly #values = new Map<number, string>()
  readonly #sizes = new Map<number, string>()
  #levelsBegun = 0
  #hasDropped = false

  /** Whether the series has points, levels or text beyond what is kept. */
  get isCut(): boolean {
    return this.#hasDropped || this.#name.isCut
  }

  /** Adds to the series' name. */
  name(text: string): void {
    this.#name.add(text)
  }

  /** Begins a further level of categories. */
  beginLevel(): void {
    this.#levelsBegun += 1
    if (this.#levelsBegun <= MOST_LEVELS) this.#levels.push(new Map())
  }

  /** A point by its index from 0; those without a sensible one are left out. */
  point(role: 'category' | 'value' | 'size' | 'name', index: number, text: string): void {
    if (!Number.isInteger(index) || index < 0 || text.trim() === '') return
    const isBeyond = index >= MOST_POINTS || (role === 'category' && this.#levelsBegun > MOST_LEVELS)
    if (isBeyond || text.length > LONGEST_TEXT) this.#hasDropped = true
    if (isBeyond) return
    if (role === 'category' && this.#levels.length === 0) this.beginLevel()
    const points = role === 'category' ? this.#levels.at(-1) : role === 'size' ? this.#sizes : this.#values
    points?.set(index, text.slice(0, LONGEST_TEXT))
  }

  get title(): string {
    return this.#name.text.trim()
  }

  /** Indexes that have a category or a value, in order. */
  get indexes(): readonly number[] {
    const all = [...(this.#levels[0]?.keys() ?? []), ...this.#values.keys()]
    return [...new Set(all)].toSorted((one, other) => one - other)
  }

  /** The category of a point, with those it stands under before it; an outer one holds until the next. */
  category(index: number): string {
    const [inner, ...outer] = this.#levels
    const above = outer.map((level) => level.get(Math.max(...[...level.keys()].filter((key) => key <= index))))
    return [...above.toReversed(), inner?.get(index)].filter((text) => text !== undefined).join(' ')
  }

  value(index: number): string {
    const size = this.#sizes.get(index)
    return `${this.#values.get(index) ?? ''}${size === undefined ? '' : ` (${size})`}`
  }

  /** Whether another series stands over the same categories; one without any stands over all. */
  isOver(other: ChartSeries): boolean {
    if (this.#levels.length === 0) return true
    return this.#levels.every((level, at) => {
      const theirs = other.#levels[at]
      return theirs?.size === level.size && [...level].every(([index, text]) => theirs.get(index) === text)
    })
  }
}

/** Series as tables: a row of names, then one row for each category with the value of every series. */
export function seriesTables(series: readonly ChartSeries[]): readonly Block[] {
  const groups: ChartSeries[][] = []
  for (const one of series) {
    const group = groups.at(-1)
    if (group?.[0] !== undefined && one.isOver(group[0])) group.push(one)
    else groups.push([one])
  }
  return groups.flatMap((group): Block[] => {
    const rows = rowsOf(group)
    return rows.length === 0 ? [] : [{ kind: 'table', rows, continues: false }]
  })
}

function rowsOf(group: readonly ChartSeries[]): readonly (readonly string[])[] {
  const [first] = group
  const indexes = [...new Set(group.flatMap((one) => one.indexes))].toSorted((one, other) => one - other)
  const names = group.map(({ title }) => title)
  const rows = indexes.map((index) => [first?.category(index) ?? '', ...group.map((one) => one.value(index))])
  return names.every((name) => name === '') ? rows : [[CORNER, ...names], ...rows]
}
