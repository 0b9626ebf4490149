// The tree over partial results: which of them are combined in one step, and when there are few enough.
import type { SummaryPreset } from '#contract/summary.ts'
import { cutByContent, runSize, type Run } from './borders.ts'

/** Sentences a copying model keeps of what one prompt shows it (measured mean 2.9). */
export const keptPerStep = 3

/** What a step of the tree is shown, piece by piece. */
export type Part = { readonly tokens: number; readonly text: string }

/** How many sentences a summary of a document of `sentences` sentences should have. */
export function targetSentences(preset: SummaryPreset, sentences: number): number {
  switch (preset) {
    case 'brief':
      return within(Math.round(sentences / 3), 1, 4)
    case 'detailed':
      return within(Math.round(5 + sentences / 12), Math.min(8, Math.ceil(sentences / 2)), 20)
    case 'bullets':
      return within(Math.round(3 + sentences / 30), Math.min(5, Math.ceil(sentences / 2)), 10)
    case 'own':
      return within(Math.round(3 + sentences / 100), Math.min(3, sentences), 8)
    case 'actions':
      return 30
  }
}

/** Chunks a copying model needs to be shown so that about `target` sentences come back. */
export function chunksFor(target: number): number {
  return Math.ceil(target / keptPerStep)
}

/**
 * The next level of the tree in extractive mode: groups of neighbours, each within `budget`, so many that about `target`
 * sentences come out when that level fits; null when there are few enough already. Groups are cut by content: only those
 * a change touches are others.
 */
export function extractiveLevel(parts: readonly Part[], budget: number, target: number): Run[] | null {
  if (isFewEnough(parts.length, target)) return null
  return groupsOf(parts, budget, chunksFor(target))
}

/**
 * The next level in free mode: neighbours filled up to `budget`; null when the last step can read everything
 * (`lastBudget`) or nothing can be joined any more.
 */
export function freeLevel(parts: readonly Part[], budget: number, lastBudget: number): Run[] | null {
  const total = parts.reduce((sum, { tokens }) => sum + tokens, 0)
  if (total <= lastBudget || parts.length < 2) return null
  const groups = groupsOf(parts, budget, 1)
  return groups.length < parts.length ? groups : null
}

/** Steps the reduce stages will take, for the plan; an estimate from the usual `keptPerStep`. */
export function estimateReduceSteps(chunks: number, perBudget: number, target: number): number {
  let left = chunks * keptPerStep
  let steps = 0
  while (!isFewEnough(left, target)) {
    const groups = Math.max(Math.ceil(left / Math.max(perBudget, keptPerStep + 1)), chunksFor(target))
    if (groups * keptPerStep >= left) break
    steps += groups
    left = groups * keptPerStep
  }
  return steps
}

/** A little over the target is left to the ranking: asking the model again would throw too much away. */
function isFewEnough(count: number, target: number): boolean {
  return count <= Math.max(target * 2.5, keptPerStep)
}

function groupsOf(parts: readonly Part[], budget: number, wanted: number): Run[] {
  const total = parts.reduce((sum, { tokens }) => sum + tokens, 0)
  return cutByContent(
    parts.map((part) => ({ ...part, rank: 0 })),
    runSize(budget, total, wanted),
  )
}

function within(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value))
}
