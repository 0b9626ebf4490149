// Passages as the model sees them: numbered, each number on a line of its own that no text can imitate.
import type { Passage } from '#contract/question.ts'

/** The prompt fences them and keeps fences inside from closing; see `renderPrompt`. */
export function asNumbered(passages: readonly Passage[]): string {
  return passages.map(({ number, text }) => `[${number}]\n${text.replace(/^\s*\[(\d+)\]/gm, '($1)')}`).join('\n\n')
}
