// OpenDocument's slides: text of each in the order it was laid, its title first, and the notes to it.
import type { LeftOut, Segment } from '#contract/document.ts'
import { bulletAt } from '../listMarks.ts'
import type { Block } from './blocks.ts'
import { OdfBlocks } from './odfBlocks.ts'
import type { OdfStyles } from './odfStyles.ts'
import { slideSegments } from './slideSegments.ts'
import type { XmlEvent, XmlOpen, XmlTaker } from './xmlEvent.ts'

/** A slide that has been read; `number` counts from 1. */
export type OdfSlide = { readonly number: number; readonly isHidden: boolean; readonly segments: readonly Segment[] }

/** Frames every page repeats. */
const REPEATED: ReadonlySet<string> = new Set(['header', 'footer', 'date-time', 'page-number', 'page'])
const OUTLINES: ReadonlySet<string> = new Set(['outline'])

/** Takes the body of a presentation. */
export class OdfPresentation implements XmlTaker {
  readonly #styles: OdfStyles
  readonly #done: OdfSlide[] = []
  readonly #blocks: OdfBlocks
  #count = 0
  #isHidden = false
  #titles: Block[] = []
  #body: Block[] = []
  #notes: Block[] = []
  #inNotes = false
  readonly #classes: (string | null)[] = []

  constructor(styles: OdfStyles) {
    this.#styles = styles
    this.#blocks = new OdfBlocks(styles, (block) => this.#place(block))
  }

  /** Characters taken so far. */
  get characters(): number {
    return this.#blocks.characters
  }

  /** What was left out so far. */
  get leftOut(): readonly LeftOut[] {
    return this.#blocks.leftOut
  }

  /** Slides read since the last call. */
  drain(): readonly OdfSlide[] {
    return this.#done.splice(0)
  }

  take(event: XmlEvent): void {
    if (event.kind === 'open') this.#open(event)
    this.#blocks.take(event)
    if (event.kind === 'close') this.#close(event.name)
  }

  #open({ name, attributes }: XmlOpen): void {
    if (name === 'draw:page') {
      this.#count += 1
      this.#isHidden = this.#styles.isHidden('drawing-page', attributes['draw:style-name'])
    } else if (name === 'presentation:notes') this.#inNotes = true
    else if (name === 'draw:frame' || name === 'draw:custom-shape')
      this.#classes.push(attributes['presentation:class'] ?? null)
  }

  #close(name: string): void {
    if (name === 'draw:frame' || name === 'draw:custom-shape') this.#classes.pop()
    else if (name === 'presentation:notes') this.#inNotes = false
    else if (name === 'draw:page') {
      const [number, isHidden] = [this.#count, this.#isHidden]
      const segments = [
        ...slideSegments([...this.#titles, ...this.#body], number, 'body'),
        ...slideSegments(this.#notes, number, 'notes'),
      ]
      this.#done.push({ number, isHidden, segments })
      ;[this.#titles, this.#body, this.#notes] = [[], [], []]
    }
  }

  #place(block: Block): void {
    const place = this.#classes.at(-1) ?? null
    if (place !== null && REPEATED.has(place)) return
    if (this.#inNotes) this.#notes.push(block)
    else if (place === 'title' && block.kind !== 'table') {
      if (block.text.trim() !== '') this.#titles.push({ kind: 'heading', level: 1, text: block.text })
    } else if (place !== null && OUTLINES.has(place) && block.kind === 'paragraph') {
      if (block.text.trim() !== '')
        this.#body.push({ kind: 'list-item', depth: 1, text: `${bulletAt(1)} ${block.text.trimStart()}` })
    } else this.#body.push(block)
  }
}
