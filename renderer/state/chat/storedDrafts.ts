// Drafts that outlive a reload of the window, in its session storage.
import type { Draft } from './chatState.ts'

const key = 'sotto.drafts'

/** Drafts as they were kept; what cannot be read is as good as nothing. */
export function readDrafts(storage: Pick<Storage, 'getItem'>): Readonly<Record<string, Draft>> {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? '{}')
    if (typeof kept !== 'object' || kept === null) return {}
    return Object.fromEntries(Object.entries(kept).flatMap(([id, value]) => asDraft(id, value)))
  } catch {
    return {}
  }
}

/** Keeps every draft that is not empty. Where storage is full or refused, drafts last as long as the page. */
export function keepDrafts(storage: Pick<Storage, 'setItem'>, drafts: Readonly<Record<string, Draft>>): void {
  const written = Object.entries(drafts).filter(([, { text, documentIds }]) => text !== '' || documentIds.length > 0)
  try {
    storage.setItem(key, JSON.stringify(Object.fromEntries(written)))
  } catch {
    return
  }
}

function asDraft(id: string, value: unknown): readonly (readonly [string, Draft])[] {
  if (typeof value !== 'object' || value === null) return []
  const { text, documentIds, editing } = value as Partial<Record<keyof Draft, unknown>> // as: each is checked below
  if (typeof text !== 'string' || !Array.isArray(documentIds)) return []
  const documents = documentIds.filter((one) => typeof one === 'string')
  return [[id, { text, documentIds: documents, editing: asEditing(editing) }]]
}

function asEditing(value: unknown): Draft['editing'] {
  if (typeof value !== 'object' || value === null || !('messageId' in value) || !('parentId' in value)) return null
  const { messageId, parentId } = value
  if (typeof messageId !== 'string') return null
  return { messageId, parentId: typeof parentId === 'string' ? parentId : null }
}
