// Open envelopes: what may go out without being asked each time, and one press to end it.
import type { OpenScope } from '#contract/consent.ts'
import type { SliceTools } from '../slice.ts'
import type { CloudSlice } from './cloudState.ts'

type ScopesPart = Pick<CloudSlice, 'cloudScopes' | 'cloudWithdrawn' | 'refreshScopes' | 'withdraw'>

/** Follows the envelopes. */
export function createCloudScopes({ set, get, client }: SliceTools): ScopesPart {
  async function refreshScopes(): Promise<void> {
    const scopes = await client.call('cloud.scopes', {})
    if (scopes.ok) set({ cloudScopes: scopes.value })
  }
  client.on('cloud.scope-ended', ({ scopeId }) => {
    set({ cloudScopes: get().cloudScopes.filter(({ id }) => id !== scopeId) })
  })
  return {
    cloudScopes: [],
    cloudWithdrawn: null,
    refreshScopes,
    async withdraw(scopeId) {
      const withdrawn = await client.call('cloud.withdraw', { scopeId })
      if (withdrawn.ok) {
        set({ cloudWithdrawn: { cutStreams: withdrawn.value.cutStreams } })
        // The next message is asked about again, and begins on this computer.
        get().choosePlace('here')
      }
      await refreshScopes()
    },
  }
}

/** The envelope a conversation's next message falls under, as far as the window can tell. */
export function scopeOfConversation(scopes: readonly OpenScope[], conversationId: string | null): OpenScope | null {
  if (conversationId === null) return null
  return scopes.find(({ scope, conversationId: of }) => scope === 'conversation' && of === conversationId) ?? null
}

/** The envelope a document's summary falls under. */
export function scopeOfDocument(scopes: readonly OpenScope[], documentId: string): OpenScope | null {
  return scopes.find(({ scope, documentIds }) => scope === 'document-job' && documentIds.includes(documentId)) ?? null
}
