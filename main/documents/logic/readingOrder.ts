// The order in which a page's blocks are read: down each column, and across where something spans the columns.
import type { TextLine } from './pdfText.ts'

type Block = { readonly lines: readonly TextLine[] }
type Box = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }
type Placed<T> = { readonly block: T; readonly box: Box }

/** Columns stand beside each other for so many line heights at least. */
const SHARED_LINES = 2
/** More nesting than this is no layout but noise. */
const DEPTH = 8

/**
 * Top to bottom where all blocks stand below each other. Where some stand side by side: column by column between the
 * blocks that span them, or in the order of drawing when there is no gutter to be found.
 */
export function inReadingOrder<T extends Block>(blocks: readonly T[]): readonly T[] {
  const placed = blocks.map((block) => ({ block, box: boxOf(block.lines) }))
  return ordered(placed, DEPTH).map(({ block }) => block)
}

function ordered<T extends Block>(placed: readonly Placed<T>[], depth: number): readonly Placed<T>[] {
  const downwards = placed.toSorted((one, other) => one.box.top - other.box.top)
  const sideBySide = downwards.some((one, index) => {
    const above = downwards[index - 1]
    return above !== undefined && above.box.bottom > one.box.top + 1
  })
  if (!sideBySide) return downwards
  const gutter = depth === 0 ? null : gutterOf(placed)
  if (gutter === null) return placed
  return strips(placed, gutter).flatMap(({ spanning, left, right }) => [
    ...ordered(left, depth - 1),
    ...ordered(right, depth - 1),
    ...spanning,
  ])
}

/** Left and right of the gutter between spanning blocks, from the top. */
function strips<T extends Block>(
  placed: readonly Placed<T>[],
  gutter: number,
): readonly { spanning: readonly Placed<T>[]; left: readonly Placed<T>[]; right: readonly Placed<T>[] }[] {
  const crossing = placed.filter(({ box }) => isAcross(box, gutter)).toSorted((a, b) => a.box.top - b.box.top)
  const beside = placed.filter(({ box }) => !isAcross(box, gutter))
  const taken = new Set<Placed<T>>()
  const found = [...crossing, null].map((spanning) => {
    const strip = beside.filter((one) => {
      return !taken.has(one) && (spanning === null || middleOf(one.box) < middleOf(spanning.box))
    })
    for (const one of strip) taken.add(one)
    return {
      spanning: spanning === null ? [] : [spanning],
      left: strip.filter(({ box }) => box.right <= gutter),
      right: strip.filter(({ box }) => box.right > gutter),
    }
  })
  return found
}

/** Where a page is parted: with blocks beside each other on both sides, and as few as may be across. */
function gutterOf(placed: readonly Placed<Block>[]): number | null {
  let best: { readonly at: number; readonly across: number } | null = null
  for (const { box } of placed) {
    const at = box.right + 0.5
    const left = placed.filter((one) => one.box.right <= at)
    const right = placed.filter((one) => one.box.left >= at)
    const across = placed.length - left.length - right.length
    if (right.length === 0 || !standBeside(left, right)) continue
    if (best === null || across < best.across || (across === best.across && at > best.at)) best = { at, across }
  }
  return best?.at ?? null
}

function standBeside(left: readonly Placed<Block>[], right: readonly Placed<Block>[]): boolean {
  const size = Math.max(...left.map(({ block }) => block.lines[0]?.size ?? 0))
  return left.some((one) =>
    right.some((other) => {
      const shared = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
      const least = Math.min(one.box.bottom - one.box.top, other.box.bottom - other.box.top)
      return shared >= Math.min(SHARED_LINES * size, least - 1) && shared > 0
    }),
  )
}

function isAcross(box: Box, gutter: number): boolean {
  return box.left < gutter && box.right > gutter
}

function middleOf(box: Box): number {
  return (box.top + box.bottom) / 2
}

function boxOf(lines: readonly TextLine[]): Box {
  return {
    left: Math.min(...lines.map((line) => line.left)),
    right: Math.max(...lines.map((line) => line.right)),
    top: Math.min(...lines.map((line) => line.y - 0.7 * line.size)),
    bottom: Math.max(...lines.map((line) => line.y)),
  }
}
