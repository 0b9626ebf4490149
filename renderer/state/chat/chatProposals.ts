// Asks where a draft would be better answered. A proposal prepares and sends nothing.
import type { CloudProposal } from '#contract/cloud.ts'
import { shownChatId } from './chatState.ts'
import type { ChatTools } from './chatTools.ts'

/** Asks about the shown conversation's draft; the last question wins. Without a chosen provider nothing is asked. */
export function createProposing({ client, get, set, draft }: ChatTools): () => void {
  let asked = 0
  return () => {
    const conversationId = shownChatId(get())
    if (conversationId === null || (get().cloud?.chosen ?? null) === null) return
    const { text, documentIds } = draft(conversationId)
    const mine = (asked += 1)
    function keep(proposal: CloudProposal | null): void {
      if (mine === asked) set({ proposals: { ...get().proposals, [String(conversationId)]: proposal } })
    }
    if (text.trim() === '') return keep(null)
    void client.call('chat.propose-cloud', { conversationId, text, documentIds: [...documentIds] }).then((proposal) => {
      if (proposal.ok) keep(proposal.value)
    })
  }
}
