// Which model would be used now, as far as the window can tell: the program behind it decides, knowing the memory.
import type { ModelRecord } from '#contract/model.ts'
import type { State } from './state.ts'

/**
 * The loaded model, else the chosen one, else the largest linked one that may be used, else the starter; null when there
 * is none. Before loading, a linked model that turns out too large gives way to a smaller one.
 */
export function likelyModel({
  engine,
  models,
  settings,
}: Pick<State, 'engine' | 'models' | 'settings'>): ModelRecord | null {
  const loaded = 'modelId' in engine ? engine.modelId : settings.modelId?.value
  const named = models.find(({ id }) => id === loaded)
  if (named !== undefined) return named
  const linked = models.filter(({ starter, chatWrapper }) => !starter && chatWrapper !== 'needs-permission')
  const [largest] = linked.toSorted((a, b) => (b.parameters ?? 0) - (a.parameters ?? 0))
  return largest ?? models.find(({ starter }) => starter) ?? null
}
