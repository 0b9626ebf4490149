// What a person is shown of the chosen model and of the organisation's policy.
import type { CloudState } from '#contract/cloud.ts'
import type { CloudDraft } from '#contract/cloudDraft.ts'
import type { PolicyResolution } from '../policy/policyResolution.ts'
import type { Choice } from './providerDirectory.ts'

/** The chosen model with its provider. */
export function shownChoice({ provider, model }: Choice): NonNullable<CloudState['chosen']> {
  return {
    providerId: provider.id,
    providerName: provider.name,
    modelId: model.id,
    modelName: model.name,
    host: provider.host,
    inside: provider.inside,
  }
}

/** The policy in force, as a draft names it. */
export function shownPolicy({ state, sha256, values }: PolicyResolution): CloudDraft['policy'] {
  return {
    state,
    sha256,
    organisation: values.organisation?.name ?? null,
    lawfulBasis: values.cloud.lawfulBasis ?? null,
  }
}
