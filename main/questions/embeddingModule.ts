// The installed embedding model as questions use it: in an engine process of its own, started when first needed.
import { fail, ok, type Result } from '#contract/result.ts'
import { InferenceClient } from '../inference/inferenceClient.ts'
import type { ModelToLoad } from '../inference/localGenerator.ts'
import type { ModelService } from '../models/modelService.ts'
import type { Embedder } from './meaningIndex.ts'

type Engine = Omit<ConstructorParameters<typeof InferenceClient>[0], 'announce' | 'chooseModel'>

/** What it needs: the parts of an engine, and the models that are installed. */
export type EmbeddingNeeds = Engine & { readonly models: Pick<ModelService, 'list' | 'entries' | 'chosen'> }

/** Makes the embedder; whoever makes one closes it, which ends its process. */
export function createEmbedder({ models, ...engine }: EmbeddingNeeds): Embedder & { close(): Promise<void> } {
  const chooseModel = async (signal?: AbortSignal): Promise<Result<ModelToLoad>> => {
    const id = await installedEmbedding(models)
    return id === null ? fail('model-not-installed', {}) : models.chosen(signal, id)
  }
  // The state of this engine is nobody's to see: the window shows the one that answers.
  const client = new InferenceClient({ ...engine, announce: () => undefined, chooseModel })
  return {
    async model(signal) {
      const chosen = await chooseModel(signal)
      return chosen.ok ? { sha256: chosen.value.sha256 } : null
    },
    embed: (texts, signal) => (texts.length === 0 ? Promise.resolve(ok([])) : client.embed(texts, signal)),
    close: () => client.close(),
  }
}

/** The first installed model that the catalogue calls one for embeddings. */
async function installedEmbedding(models: EmbeddingNeeds['models']): Promise<string | null> {
  const kinds = new Map((await models.entries()).map(({ id, kind }) => [id, kind]))
  const listed = await models.list()
  if (!listed.ok) return null
  return (
    listed.value.find(({ catalogueId }) => catalogueId !== null && kinds.get(catalogueId) === 'embedding')?.id ?? null
  )
}
