// A chart of Office to what people see in it: its titles, and its values as a small table.
import type { Block } from './blocks.ts'
import { BoundedText } from './boundedText.ts'
import { formatNumber, type DateSystem } from './cellFormat.ts'
import { ChartSeries, seriesTables } from './chartSeries.ts'
import { isOn, type XmlEvent, type XmlOpen, type XmlTaker } from './xmlEvent.ts'

const SKIPPED: ReadonlySet<string> = new Set(['mc:Fallback', 'c:extLst', 'c:dLbls', 'c:externalData', 'c:userShapes'])
const MOST_SERIES = 100
const LONGEST_TITLE = 1000

/** Takes a chart's part. Formulas and the workbook behind it are passed over: the values stand in the part itself. */
export class ChartPart implements XmlTaker {
  readonly #path: string[] = []
  readonly #series: ChartSeries[] = []
  #current: ChartSeries | null = null
  readonly #title = new BoundedText(LONGEST_TITLE)
  readonly #axes: BoundedText[] = []
  #axis = new BoundedText(LONGEST_TITLE)
  #dates: DateSystem = 1900
  #format = ''
  #pointFormat = ''
  #point = 0
  #value = ''
  #skipped = 0
  #hasMoreSeries = false

  /** The chart's title, its axes' titles, and a table of its values. */
  get blocks(): readonly Block[] {
    const axes = this.#axes.map(({ text }) => plain(text)).filter((title) => title !== '')
    return [
      ...[plain(this.#title.text), axes.join(' · ')].flatMap((text): Block[] =>
        text === '' ? [] : [{ kind: 'paragraph', text }],
      ),
      ...seriesTables(this.#series),
    ]
  }

  /** Whether the chart has series, points or text beyond what is kept. */
  get isCut(): boolean {
    return this.#hasMoreSeries || [this.#title, ...this.#axes, ...this.#series].some(({ isCut }) => isCut)
  }

  take(event: XmlEvent): void {
    if (event.kind === 'text') {
      if (this.#skipped === 0) this.#takeText(event.text)
    } else if (event.kind === 'open') {
      if (this.#skipped > 0 || SKIPPED.has(event.name)) this.#skipped += 1
      else this.#open(event)
    } else if (this.#skipped > 0) this.#skipped -= 1
    else this.#close(event.name)
  }

  #open({ name, attributes }: XmlOpen): void {
    this.#path.push(name)
    if (name === 'c:ser') this.#begin()
    else if (name === 'c:date1904') this.#dates = isOn(attributes['val']) ? 1904 : 1900
    else if (/^c:(?:num|str)(?:Cache|Lit)$|^c:lvl$/.test(name)) {
      this.#format = ''
      if (name === 'c:lvl') this.#current?.beginLevel()
    } else if (name === 'c:pt') {
      this.#point = Number(attributes['idx'] ?? -1)
      this.#pointFormat = attributes['formatCode'] ?? ''
      this.#value = ''
    } else if (name === 'a:br') this.#takeTitle(' ')
  }

  #begin(): void {
    this.#current = new ChartSeries()
    if (this.#series.length < MOST_SERIES) this.#series.push(this.#current)
    else this.#hasMoreSeries = true
  }

  #close(name: string): void {
    if (name === 'c:pt') this.#endPoint()
    if (name === 'a:p') this.#takeTitle(' ')
    this.#path.pop()
    if (name === 'c:ser') this.#current = null
    if (name === 'c:title') {
      this.#axes.push(this.#axis)
      this.#axis = new BoundedText(LONGEST_TITLE)
    }
  }

  #takeText(text: string): void {
    const [element, parent] = [this.#path.at(-1), this.#path.at(-2)]
    if (element === 'a:t') this.#takeTitle(text)
    else if (element === 'c:formatCode') this.#format += text
    else if (element === 'c:v' && parent === 'c:pt') this.#value += text
    else if (element === 'c:v' && parent === 'c:tx') this.#current?.name(text)
  }

  #takeTitle(text: string): void {
    const at = this.#path.lastIndexOf('c:title')
    if (at < 0) return
    if (this.#path[at - 1] === 'c:chart') this.#title.add(text)
    else this.#axis.add(text)
  }

  #endPoint(): void {
    const text = this.#shown()
    if (this.#path.includes('c:title')) return this.#takeTitle(`${text} `)
    const role = this.#path.findLast((name) => ROLES.has(name))
    if (role === undefined) return
    if (role === 'c:tx') this.#current?.name(`${text} `)
    else this.#current?.point(ROLES.get(role) ?? 'value', this.#point, text)
  }

  /** A number as the chart's own format shows it. */
  #shown(): string {
    const isNumber = this.#path.some((name) => name === 'c:numCache' || name === 'c:numLit')
    const number = Number(this.#value)
    if (!isNumber || this.#value.trim() === '' || Number.isNaN(number)) return this.#value
    return formatNumber(number, this.#pointFormat === '' ? this.#format : this.#pointFormat, this.#dates)
  }
}

const ROLES: ReadonlyMap<string, 'category' | 'value' | 'size' | 'name'> = new Map([
  ['c:cat', 'category'],
  ['c:xVal', 'category'],
  ['c:val', 'value'],
  ['c:yVal', 'value'],
  ['c:bubbleSize', 'size'],
  ['c:tx', 'name'],
])

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
