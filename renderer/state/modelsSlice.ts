// Models and the engine: what is installed, what is loaded, and linking files.
import type { Failure } from '#contract/failures.ts'
import type { EngineState, ModelRecord } from '#contract/model.ts'
import type { Result } from '#contract/result.ts'
import type { SliceTools } from './slice.ts'

/** How linking a file goes. Sizes in bytes. */
export type ModelImport =
  | { readonly state: 'none' }
  | { readonly state: 'checking'; readonly path: string; readonly readBytes: number; readonly totalBytes: number }
  | { readonly state: 'linked'; readonly model: ModelRecord }
  | { readonly state: 'stopped' }
  | { readonly state: 'failed'; readonly failure: Failure }

/** What the window knows of models. */
export type ModelsSlice = {
  readonly engine: EngineState
  readonly models: readonly ModelRecord[]
  /** Whether the list of models came at least once. */
  readonly modelsKnown: boolean
  readonly modelImport: ModelImport
  /** Why the last step with a model was refused: loading, unloading, forgetting, allowing, listing. */
  readonly modelFailure: Failure | null
  refreshModels(): Promise<void>
  /** Loads the chosen model now. */
  loadModel(): Promise<void>
  unloadModel(): Promise<void>
  /** Chooses a model and loads it. */
  chooseModel(modelId: string): Promise<void>
  /** Forgets a linked model; its file stays. */
  forgetModel(modelId: string): Promise<void>
  allowTemplate(modelId: string): Promise<void>
  /** Checks and links a file by its absolute path, under `name` where the file has none; one at a time. */
  importModel(path: string, name?: string): Promise<void>
  stopImport(): void
}

/** Loads once the connection stands, then follows the engine. */
export function createModelsSlice(tools: SliceTools): ModelsSlice {
  const { set, client } = tools
  client.on('models.engine-changed', (engine) => set({ engine }))
  async function refreshModels(): Promise<void> {
    const [models, engine] = await Promise.all([client.call('models.list', {}), client.call('models.engine', {})])
    if (engine.ok) set({ engine: engine.value })
    if (models.ok) set({ models: models.value, modelsKnown: true })
    else set({ modelFailure: models.failure })
  }
  return {
    engine: { state: 'idle' },
    models: [],
    modelsKnown: false,
    modelFailure: null,
    refreshModels,
    ...engineActions(tools, refreshModels),
    ...importActions(tools, refreshModels),
  }
}

type EngineActions = Pick<ModelsSlice, 'loadModel' | 'unloadModel' | 'chooseModel' | 'forgetModel' | 'allowTemplate'>

function engineActions({ set, get, client }: SliceTools, refresh: () => Promise<void>): EngineActions {
  async function note(asked: Promise<Result<unknown>>): Promise<void> {
    set({ modelFailure: null })
    const result = await asked
    if (!result.ok) set({ modelFailure: result.failure })
  }
  const loadModel = () => note(client.call('models.load', {}))
  return {
    loadModel,
    unloadModel: () => note(client.call('models.unload', {})),
    async chooseModel(modelId) {
      if (await get().changeSetting('modelId', modelId)) await loadModel()
    },
    async forgetModel(modelId) {
      await note(client.call('models.remove', { modelId }))
      // A choice that points nowhere would fail every summary; the best of the rest is what a person means.
      if (get().modelFailure === null && get().settings.modelId?.value === modelId) {
        await get().changeSetting('modelId', '')
      }
      await refresh()
    },
    async allowTemplate(modelId) {
      await note(client.call('models.allow-template', { modelId }))
      await refresh()
    },
  }
}

type ImportActions = Pick<ModelsSlice, 'modelImport' | 'importModel' | 'stopImport'>

function importActions({ set, get, client }: SliceTools, refresh: () => Promise<void>): ImportActions {
  let running: AbortController | null = null
  async function follow(path: string, name: string | undefined, signal: AbortSignal): Promise<ModelImport> {
    const items = client.stream('models.import', { path, ...(name === undefined ? {} : { name }) }, { signal })
    let ended: ModelImport = { state: 'stopped' }
    for (;;) {
      const step = await items.next()
      if (step.done === true) return step.value.ok ? ended : { state: 'failed', failure: step.value.failure }
      if (step.value.type === 'progress') {
        const { readBytes, totalBytes } = step.value
        set({ modelImport: { state: 'checking', path, readBytes, totalBytes } })
      } else if (step.value.model !== null) {
        ended = { state: 'linked', model: step.value.model }
      }
    }
  }
  return {
    modelImport: { state: 'none' },
    async importModel(path, name) {
      if (get().modelImport.state === 'checking') return
      const controller = new AbortController() // gone with this call
      running = controller
      set({ modelImport: { state: 'checking', path, readBytes: 0, totalBytes: 0 } })
      set({ modelImport: await follow(path, name, controller.signal) })
      await refresh()
    },
    stopImport: () => running?.abort(),
  }
}
