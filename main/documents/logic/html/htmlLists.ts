// The lists of a page that are open, and the label each item carries in them.
import { bulletAt } from '../listMarks.ts'
import { writeNumber } from '../office/listNumbers.ts'
import type { Attributes } from './htmlElements.ts'

/** How a list labels its items. */
type Labels = 'bullet' | 'none' | NumberName
type NumberName = 'decimal' | 'decimalZero' | 'lowerLetter' | 'upperLetter' | 'lowerRoman' | 'upperRoman'

type OpenList = { readonly labels: Labels; readonly step: 1 | -1; next: number }

const BY_TYPE: Readonly<Record<string, NumberName>> = {
  1: 'decimal',
  a: 'lowerLetter',
  A: 'upperLetter',
  i: 'lowerRoman',
  I: 'upperRoman',
}
const BY_STYLE: Readonly<Record<string, Labels>> = {
  none: 'none',
  disc: 'bullet',
  circle: 'bullet',
  square: 'bullet',
  decimal: 'decimal',
  'decimal-leading-zero': 'decimalZero',
  'lower-alpha': 'lowerLetter',
  'lower-latin': 'lowerLetter',
  'upper-alpha': 'upperLetter',
  'upper-latin': 'upperLetter',
  'lower-roman': 'lowerRoman',
  'upper-roman': 'upperRoman',
}

/** Follows lists as they open and close. Style sheets are not read, only what stands on the elements themselves. */
export class HtmlLists {
  readonly #open: OpenList[] = []
  #label = ''

  /** How many lists stand around the current text. */
  get depth(): number {
    return this.#open.length
  }

  open(name: string, attributes: Attributes): void {
    if (isList(name)) this.#open.push(listOf(name, attributes))
    else if (name === 'li') this.#begin(attributes)
  }

  close(name: string): void {
    if (isList(name)) this.#open.pop()
    if (isList(name) || name === 'li') this.#label = ''
  }

  /** The label of the item, once: an item's further paragraphs have none. */
  takeLabel(): string {
    const label = this.#label
    this.#label = ''
    return label
  }

  #begin(attributes: Attributes): void {
    const list = this.#open.at(-1)
    if (list === undefined) return
    const value = wholeNumber(attributes['value'])
    if (value !== null) list.next = value
    const number = list.next
    list.next += list.step
    if (list.labels === 'none') this.#label = ''
    else if (list.labels === 'bullet') this.#label = bulletAt(this.#open.length)
    else this.#label = `${writeNumber(number, list.labels)}.`
  }
}

function isList(name: string): boolean {
  return name === 'ul' || name === 'ol' || name === 'menu'
}

function listOf(name: string, attributes: Attributes): OpenList {
  const isReversed = name === 'ol' && 'reversed' in attributes
  const start = wholeNumber(attributes['start'])
  const labels = labelsOf(name, attributes)
  // Where counting down begins is only known at the list's end; a sign says nothing wrong.
  if (isReversed && start === null) return { labels: labels === 'none' ? 'none' : 'bullet', step: -1, next: 1 }
  return { labels, step: isReversed ? -1 : 1, next: start ?? 1 }
}

function labelsOf(name: string, attributes: Attributes): Labels {
  const style = /(?:^|;)\s*list-style(?:-type)?\s*:([^;]*)/i.exec(attributes['style'] ?? '')?.[1] ?? ''
  for (const word of style.toLowerCase().trim().split(/\s+/)) {
    const labels = Object.hasOwn(BY_STYLE, word) ? BY_STYLE[word] : undefined
    if (labels !== undefined) return labels
  }
  if (name !== 'ol') return 'bullet'
  const type = attributes['type'] ?? '1'
  return (Object.hasOwn(BY_TYPE, type) ? BY_TYPE[type] : undefined) ?? 'decimal'
}

function wholeNumber(value: string | undefined): number | null {
  return value !== undefined && /^\s*-?\d{1,9}\s*$/.test(value) ? Number(value) : null
}
