// Conversations as trees: which messages are shown, which are siblings, where a chosen branch ends.

/** What the tree needs of a message; `position` grows with every message of a conversation. */
export type TreeMessage = { readonly id: string; readonly parentId: string | null; readonly position: number }

/** Which sibling a message is (from 0) of how many, and all of them, itself included, oldest first. */
export type Branch = { readonly index: number; readonly count: number; readonly siblingIds: readonly string[] }

/** The messages from the root to `leafId`, first to last; empty when the leaf is null or unknown. */
export function pathTo<M extends TreeMessage>(messages: readonly M[], leafId: string | null): readonly M[] {
  const byId = new Map(messages.map((message) => [message.id, message]))
  const path: M[] = []
  let current = leafId === null ? undefined : byId.get(leafId)
  while (current !== undefined) {
    path.push(current)
    byId.delete(current.id)
    current = current.parentId === null ? undefined : byId.get(current.parentId)
  }
  return path.reverse()
}

/** The leaf under `messageId` (itself included) that was written last; undefined when the message is unknown. */
export function newestLeaf(messages: readonly TreeMessage[], messageId: string): string | undefined {
  const inOrder = [...messages].sort((one, other) => one.position - other.position)
  const below = new Set<string>()
  let newest: string | undefined
  for (const message of inOrder) {
    if (message.id === messageId || (message.parentId !== null && below.has(message.parentId))) {
      below.add(message.id)
      newest = message.id
    }
  }
  return newest
}

/** The branch of every message by its id. */
export function branches(messages: readonly TreeMessage[]): ReadonlyMap<string, Branch> {
  const inOrder = [...messages].sort((one, other) => one.position - other.position)
  const groups = new Map<string | null, string[]>()
  for (const { id, parentId } of inOrder) {
    const group = groups.get(parentId)
    if (group === undefined) groups.set(parentId, [id])
    else group.push(id)
  }
  const found = new Map<string, Branch>()
  for (const siblingIds of groups.values()) {
    siblingIds.forEach((id, index) => found.set(id, { index, count: siblingIds.length, siblingIds }))
  }
  return found
}
