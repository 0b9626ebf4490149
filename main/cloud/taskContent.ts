// What a task carries besides Sotto's own words: its kinds of content, and the person's own instruction.
import { createHash } from 'node:crypto'
import type { ConsentScope, ContentKind } from '#contract/cloudDraft.ts'
import type { CloudTask } from './cloudTask.ts'

/** Kinds of content, and the SHA-256 (hex) of the own instruction; null when there is none. */
export type TaskContent = { readonly content: readonly ContentKind[]; readonly instructionSha256: string | null }

/** Own words in a summary whose instruction is not named stand for it as they are, so that nothing passes as known. */
export function contentOf({ kind, pieces, instruction }: CloudTask): TaskContent {
  const own = pieces.filter(({ fixed }) => !fixed)
  const kinds = own.flatMap((piece): readonly ContentKind[] => {
    if (piece.kind === 'instructions') return []
    return kind === 'summary' && piece.kind === 'person' ? ['instruction'] : [piece.kind]
  })
  const words = own.filter((piece) => piece.kind === 'person').map(({ text }) => text)
  const named = kind === 'summary' && kinds.includes('instruction') ? (instruction ?? words.join('\n\n')) : null
  return {
    content: [...new Set(kinds)],
    instructionSha256: named === null ? null : createHash('sha256').update(named).digest('hex'),
  }
}

/** What a consent of this reach covers: a conversation all that one says in it, anything else what is there now. */
export function coveredContent(scope: ConsentScope, task: CloudTask): readonly ContentKind[] {
  return scope === 'conversation' ? ['person', 'assistant', 'document'] : contentOf(task).content
}
