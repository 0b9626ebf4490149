// A diagram of Office (SmartArt) to a list: its points in order, each under the one it belongs to.
import { bulletAt } from '../listMarks.ts'
import type { Block } from './blocks.ts'
import { BoundedText } from './boundedText.ts'
import type { XmlEvent, XmlOpen, XmlTaker } from './xmlEvent.ts'

type Point = { readonly id: string; readonly type: string; readonly text: BoundedText }
type Line = { readonly from: string; readonly to: string; readonly order: number }

const MOST_POINTS = 5000
const LONGEST_TEXT = 20_000
/** Points that only connect others or say how the diagram is drawn; there are several to each that is seen. */
const UNSEEN: ReadonlySet<string> = new Set(['pres', 'parTrans', 'sibTrans'])

/** Takes a diagram's data part. */
export class DiagramPart implements XmlTaker {
  readonly #points = new Map<string, Point>()
  readonly #lines: Line[] = []
  readonly #path: string[] = []
  #point: Point | null = null
  #hasDropped = false

  /** Whether the diagram has points, lines or text beyond what is kept. */
  get isCut(): boolean {
    return this.#hasDropped || [...this.#points.values()].some(({ text }) => text.isCut)
  }

  /** List items, each once, whatever the lines between them say; what no line leads to stands at the end. */
  get blocks(): readonly Block[] {
    const below = this.#below()
    const blocks: Block[] = []
    const seen = new Set<string>()
    const roots = [...this.#points.values()].filter(({ type }) => type === 'doc').map(({ id }) => id)
    for (const root of [...roots, ...this.#points.keys()]) {
      const waiting = [{ id: root, depth: roots.includes(root) ? 0 : 1 }]
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const { id, depth } = next
        const point = this.#points.get(id)
        if (point === undefined || seen.has(id)) continue
        seen.add(id)
        const text = point.text.text.replace(/\s+/g, ' ').trim()
        if (text !== '' && point.type !== 'doc')
          blocks.push({ kind: 'list-item', depth, text: `${bulletAt(depth)} ${text}` })
        waiting.push(...(below.get(id) ?? []).map((child) => ({ id: child, depth: depth + 1 })).reverse())
      }
    }
    return blocks
  }

  take(event: XmlEvent): void {
    if (event.kind === 'open') this.#open(event)
    else if (event.kind === 'close') this.#close(event.name)
    else if (this.#path.at(-1) === 'a:t') this.#add(event.text)
  }

  #open({ name, attributes }: XmlOpen): void {
    this.#path.push(name)
    if (name === 'a:br') this.#add(' ')
    if (name === 'dgm:pt') this.#begin(attributes)
    if (name === 'dgm:cxn') this.#connect(attributes)
  }

  #begin({ modelId: id = '', type = 'node' }: XmlOpen['attributes']): void {
    if (UNSEEN.has(type)) return
    if (this.#points.size < MOST_POINTS) this.#point = { id, type, text: new BoundedText(LONGEST_TEXT) }
    else this.#hasDropped = true
  }

  #connect({ type = 'parOf', srcId: from = '', destId: to = '', srcOrd = '0' }: XmlOpen['attributes']): void {
    if (type !== 'parOf') return
    if (this.#lines.length < MOST_POINTS) this.#lines.push({ from, to, order: Number(srcOrd) || 0 })
    else this.#hasDropped = true
  }

  #close(name: string): void {
    this.#path.pop()
    if (name === 'a:p') this.#add(' ')
    if (name !== 'dgm:pt' || this.#point === null) return
    if (!this.#points.has(this.#point.id)) this.#points.set(this.#point.id, this.#point)
    this.#point = null
  }

  #add(text: string): void {
    this.#point?.text.add(text)
  }

  #below(): ReadonlyMap<string, readonly string[]> {
    const below = new Map<string, string[]>()
    for (const { from, to } of this.#lines.toSorted((one, other) => one.order - other.order)) {
      const children = below.get(from)
      if (children === undefined) below.set(from, [to])
      else children.push(to)
    }
    return below
  }
}
