// Which model on this computer may look for names: the chosen one, and only where the catalogue marks it able.
import type { Result } from '#contract/result.ts'
import type { ModelService } from '../models/modelService.ts'
import type { AbleModel, NameFinderDeps } from './redaction/nameFinder.ts'

type Chosen = AbleModel & { readonly modelId: string }

/** Answers null for a model that is not chosen, not there, not in the catalogue or not marked. */
export function namingModel(
  models: Pick<ModelService, 'list' | 'entries'>,
  choose: (signal: AbortSignal) => Promise<Result<Chosen>>,
): NameFinderDeps['able'] {
  return async (signal) => {
    const chosen = await choose(signal)
    const listed = chosen.ok ? await models.list() : chosen
    if (!chosen.ok || !listed.ok) return null
    const { modelId, name, sha256 } = chosen.value
    const record = listed.value.find(({ id }) => id === modelId)
    const entry = (await models.entries()).find(({ id }) => id === record?.catalogueId)
    return entry?.namesEntities === true ? { name, sha256 } : null
  }
}
