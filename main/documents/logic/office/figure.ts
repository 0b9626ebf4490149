// Charts and diagrams that stand in a text: what a part says, by the id it is referred to with.
import type { Block } from './blocks.ts'
import type { XmlOpen } from './xmlEvent.ts'

/** What a chart or diagram says; none where it could not be read. `isCut` where it says more than is kept. */
export type Figure = { readonly blocks: readonly Block[]; readonly isCut: boolean }

/** Every chart and diagram one part refers to, by the id of the reference. */
export type Figures = ReadonlyMap<string, Figure>

/** For parts that refer to none. */
export const noFigures: Figures = new Map()

/**
 * The id of the figure an element puts here; '' for a chart in a form that is not read, null for elements that are no
 * figure.
 */
export function figureIn({ name, attributes }: XmlOpen): string | null {
  if (name === 'c:chart') return attributes['r:id'] ?? ''
  if (name === 'dgm:relIds') return attributes['r:dm'] ?? ''
  return name === 'cx:chart' ? '' : null
}

/** Gives each figure out once: every drawing has a reference of its own, and what repeats one is out to multiply text. */
export class FiguresOnce {
  readonly #figures: Figures
  readonly #given = new Set<string>()
  #hasUnread = false

  constructor(figures: Figures) {
    this.#figures = figures
  }

  /** Whether a figure was asked for that is missing, says nothing or was cut. */
  get hasUnread(): boolean {
    return this.#hasUnread
  }

  /** The blocks an element puts here; none for elements that are no figure. */
  at(element: XmlOpen): readonly Block[] {
    const id = figureIn(element)
    if (id === null || this.#given.has(id)) return []
    const { blocks, isCut } = this.#figures.get(id) ?? { blocks: [], isCut: false }
    if (blocks.length === 0 || isCut) this.#hasUnread = true
    if (blocks.length > 0) this.#given.add(id)
    return blocks
  }
}
