// Excel's cell formats: from the number a cell points to, to the code its value shows by.
import { builtInFormats, formatNumber, type DateSystem } from './cellFormat.ts'
import type { XmlEvent, XmlTaker } from './xmlEvent.ts'

/** Takes `styles.xml`, then formats numbers of cells. */
export class XlsxStyles implements XmlTaker {
  readonly #dates: DateSystem
  readonly #codes = new Map<number, string>()
  readonly #formatIds: number[] = []
  #inCellFormats = false

  constructor(dates: DateSystem) {
    this.#dates = dates
  }

  take(event: XmlEvent): void {
    if (event.kind === 'text') return
    if (event.name === 'x:cellXfs') this.#inCellFormats = event.kind === 'open'
    if (event.kind !== 'open') return
    const { numFmtId = '0', formatCode = '' } = event.attributes
    if (event.name === 'x:numFmt') this.#codes.set(Number(numFmtId), formatCode)
    if (event.name === 'x:xf' && this.#inCellFormats) this.#formatIds.push(Number(numFmtId))
  }

  /** What a number under a cell's style `s` shows. */
  format(value: number, style: string | undefined): string {
    const id = this.#formatIds[Number(style ?? 0)] ?? 0
    return formatNumber(value, this.#codes.get(id) ?? builtInFormats.get(id) ?? '', this.#dates)
  }
}
