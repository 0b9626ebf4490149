// A formula as MathML elements: TeX is parsed into a tree, and only known elements of it are made.
import { createElement, type ReactNode } from 'react'
import type temml from 'temml'

/** The TeX parser, loaded when the first formula is shown. */
export type TeX = typeof temml

/** Formulas longer than this stay as they are written. */
const longest = 4000

const elements = new Set(
  'math mrow mi mn mo ms mspace mtext merror mfrac mpadded mphantom mroot msqrt mstyle mmultiscripts mprescripts none mover msub msubsup msup munder munderover mtable mtr mtd menclose'.split(
    ' ',
  ),
)

const attributes = new Set(
  'display displaystyle scriptlevel mathvariant stretchy fence separator form lspace rspace minsize maxsize symmetric largeop movablelimits accent accentunder width height depth voffset linethickness columnalign columnspacing rowspacing columnlines rowlines notation'.split(
    ' ',
  ),
)

type Node = {
  readonly type?: string
  readonly text?: string
  readonly children?: readonly Node[]
  readonly attributes?: Readonly<Record<string, unknown>>
}

/** Elements for a formula; null where it is not TeX, too long, or asks for something that is not plain mathematics. */
export function mathElements(tex: TeX, source: string, display: boolean): ReactNode | null {
  if (source.length > longest) return null
  try {
    const tree = tex.__renderToMathMLTree(source, {
      displayMode: display,
      throwOnError: true,
      trust: false,
      maxSize: [10, 100],
      maxExpand: 200,
    }) as Node // as: the library types its own tree as any
    return element(tree, 0)
  } catch {
    // Not TeX, or TeX that is refused: shown as it is written.
    return null
  }
}

function element(node: Node, key: number): ReactNode {
  if (node.text !== undefined) return node.text
  const children = (node.children ?? []).map(element)
  // A fragment has no type of its own; anything unknown gives way to what it holds.
  if (node.type === undefined || !elements.has(node.type)) return children
  const kept = Object.entries(node.attributes ?? {}).filter(([name]) => attributes.has(name))
  return createElement(
    node.type,
    { key, ...Object.fromEntries(kept.map(([name, value]) => [name, String(value)])) },
    ...children,
  )
}
