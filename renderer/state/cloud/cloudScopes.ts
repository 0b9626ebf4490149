// Open envelopes: what may go out without being asked each time, and one press to end it.
import type { CloudState } from '#contract/cloud.ts'
import type { CloudTaskKind } from '#contract/cloudDraft.ts'
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

/** What would be asked for. `instructed`: with the person's own instruction. */
type Wanted = { readonly kind: CloudTaskKind; readonly instructed?: boolean }

/**
 * Whether this envelope lets it go to the chosen model without a sheet, as far as the window can tell. Main looks at
 * more (how much, what it costs, which words) and may ask all the same.
 */
export function letsGo(scope: OpenScope | null, cloud: CloudState | null, { kind, instructed }: Wanted): boolean {
  const chosen = cloud?.chosen ?? null
  if (scope === null || chosen === null) return false
  const same = scope.providerId === chosen.providerId && scope.modelId === chosen.modelId && scope.host === chosen.host
  return same && scope.kinds.includes(kind) && (instructed !== true || scope.content.includes('instruction'))
}
