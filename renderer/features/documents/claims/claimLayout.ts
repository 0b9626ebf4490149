// How a summary's claims stand on the page: paragraphs and lists as its text lays them out.
import type { Summary } from '#contract/summary.ts'

/** Claims by their place in the summary; a list item may hold several. */
export type ClaimBlock =
  | { readonly kind: 'paragraph'; readonly claims: readonly number[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly number[])[] }

type Break = 'none' | 'paragraph' | 'item'

/** What stands between two claims: a bullet opens an item, a line break a paragraph. */
function breakOf(between: string): Break {
  if (/(?:^|\n)[ \t]*(?:[-*•–]|\d{1,3}[.)])[ \t]+$/.test(between)) return 'item'
  return between.includes('\n') ? 'paragraph' : 'none'
}

/** Every claim exactly once, in order. A claim whose words are not found in the text goes on where the last one stood. */
export function layoutClaims({ text, claims }: Pick<Summary, 'text' | 'claims'>): readonly ClaimBlock[] {
  const blocks: (
    { readonly kind: 'paragraph'; readonly claims: number[] } | { readonly kind: 'list'; readonly items: number[][] }
  )[] = []
  let at = 0
  claims.forEach((claim, index) => {
    const found = text.indexOf(claim.text, at)
    const kind = found < 0 ? 'none' : breakOf(text.slice(at, found))
    if (found >= 0) at = found + claim.text.length
    const last = blocks.at(-1)
    if (kind === 'item') {
      if (last?.kind === 'list') last.items.push([index])
      else blocks.push({ kind: 'list', items: [[index]] })
    } else if (last === undefined || kind === 'paragraph') blocks.push({ kind: 'paragraph', claims: [index] })
    else if (last.kind === 'paragraph') last.claims.push(index)
    else last.items.at(-1)?.push(index)
  })
  return blocks
}

/** The same blocks with only the claims that are wanted; blocks and items without any are left out. */
export function onlyClaims(blocks: readonly ClaimBlock[], wanted: (claim: number) => boolean): readonly ClaimBlock[] {
  return blocks.flatMap((block): readonly ClaimBlock[] => {
    if (block.kind === 'paragraph') {
      const claims = block.claims.filter(wanted)
      return claims.length === 0 ? [] : [{ kind: 'paragraph', claims }]
    }
    const items = block.items.map((item) => item.filter(wanted)).filter((item) => item.length > 0)
    return items.length === 0 ? [] : [{ kind: 'list', items }]
  })
}

/** A summary to paste elsewhere: its claims with their places in brackets, paragraphs and bullets kept. */
export function summaryAsText(summary: Pick<Summary, 'text' | 'claims'>, places: (claim: number) => string): string {
  const say = (claim: number) => [summary.claims[claim]?.text ?? '', places(claim)].filter(Boolean).join(' ')
  return layoutClaims(summary)
    .map((block) =>
      block.kind === 'paragraph'
        ? block.claims.map(say).join(' ')
        : block.items.map((item) => `- ${item.map(say).join(' ')}`).join('\n'),
    )
    .join('\n\n')
}
