// The cloud in the window: whom one may ask, the sheet, envelopes, rewriting, and what was done and paid.
import type { CloudDraft } from '#contract/cloudDraft.ts'
import { createCloudConsent } from './cloud/cloudConsent.ts'
import { createCloudProviders } from './cloud/cloudProviders.ts'
import { createCloudRecords } from './cloud/cloudRecords.ts'
import { createCloudRewrite } from './cloud/cloudRewrite.ts'
import { createCloudScopes } from './cloud/cloudScopes.ts'
import type { CloudOrder, CloudSlice } from './cloud/cloudState.ts'
import type { SliceTools } from './slice.ts'

export type { CloudSlice } from './cloud/cloudState.ts'

/** Composes the parts. A grant is used at once, by the part of the window whose work it is. */
export function createCloudSlice(tools: SliceTools): CloudSlice {
  const { get, set } = tools
  const rewriting = createCloudRewrite(tools)
  async function run(order: CloudOrder, grantId: string, draft: CloudDraft): Promise<void> {
    const { providerName } = draft.recipient
    void get().refreshScopes()
    switch (order.kind) {
      case 'message': {
        const refused = await get().runCloudTurn(order.conversationId, order.turn, grantId, providerName)
        if (refused !== null) set({ cloudRefused: { order, failure: refused, draftId: draft.id } })
        return
      }
      case 'summary':
        return get().runCloudSummary(order.documentId, order.preset, grantId, providerName)
      case 'rewrite':
        return rewriting.run(grantId, providerName)
    }
  }
  return {
    ...createCloudProviders(tools),
    ...createCloudScopes(tools),
    ...createCloudConsent(tools, (order, grantId, draft) => void run(order, grantId, draft)),
    ...rewriting.part,
    ...createCloudRecords(tools),
  }
}
