// Measures one loaded model: how fast it reads and writes, how much memory it takes, what it keeps of known facts.
import type { DeviceState, MeasuredQuality, MeasureItem } from '#contract/machine.ts'
import type { EngineState } from '#contract/model.ts'
import { ok, type Result } from '#contract/result.ts'
import type { Generation, GenerationRequest, LoadedModel, LocalGenerator } from '../../inference/localGenerator.ts'
import { countQuality, type Summarized } from '../logic/measureQuality.ts'
import { speedOf, type Timed } from '../logic/measureSpeed.ts'
import { textsFor, type GoldenSet, type GoldenText } from './measureGolden.ts'

/** An engine of its own, for one model; whoever opened it closes it. */
export type MeasuringEngine = Pick<LocalGenerator, 'load' | 'generate'> & {
  state(): EngineState
  /** The library's version once a model is loaded. */
  readonly version: string | null
  readonly pid: number | undefined
}

/** What a run needs: `clock` in milliseconds, steady; `memoryOf` the most bytes a process ever held, null where nobody says. */
export type MeasureRunDependencies = {
  readonly engine: MeasuringEngine
  readonly golden: GoldenSet
  readonly clock: () => number
  readonly memoryOf: (pid: number) => Promise<number | null>
  readonly onProgress: (item: Extract<MeasureItem, { readonly type: 'progress' }>) => void
}

/** What was found. */
export type Figures = {
  readonly readTokensPerSecond: number | null
  readonly writeTokensPerSecond: number | null
  readonly memoryBytes: number | null
  readonly quality: MeasuredQuality
  readonly state: DeviceState
  readonly threads: number
  readonly contextTokens: number
  readonly engineVersion: string
}

type Answer = { readonly generation: Generation; readonly reading: Timed; readonly writing: Timed }

/** The answer's share of the smallest context anybody uses. */
const answerTokens = 160
/** Rounds of reading and writing for the speed alone. */
const rounds = 3

/** Measures; null when it was stopped. Failures are those of loading and generating. */
export async function measureModel(deps: MeasureRunDependencies, signal: AbortSignal): Promise<Result<Figures | null>> {
  const { engine, golden, onProgress, memoryOf } = deps
  onProgress({ type: 'progress', stage: 'loading', done: 0, total: 1 })
  const loaded = await engine.load(signal)
  if (signal.aborted) return ok(null)
  if (!loaded.ok) return loaded
  const texts = textsFor(golden, loaded.value.languages)
  const answers: Answer[] = []
  for (let round = 0; round < rounds; round++) {
    onProgress({ type: 'progress', stage: 'speed', done: round, total: rounds })
    const answer = await ask(deps, longPrompt(golden, texts, loaded.value, round), `speed ${round}`, signal)
    if (signal.aborted) return ok(null)
    if (!answer.ok) return answer
    answers.push(answer.value)
  }
  const summaries: Summarized[] = []
  for (const [index, text] of texts.entries()) {
    onProgress({ type: 'progress', stage: 'quality', done: index, total: texts.length })
    const answer = await ask(deps, promptOf(golden, text.language, text.text), `text ${text.id}`, signal)
    if (signal.aborted) return ok(null)
    if (!answer.ok) return answer
    const { text: summary, reason } = answer.value.generation
    summaries.push({ text: text.text, facts: text.facts, summary, complete: reason === 'complete' })
    answers.push(answer.value)
  }
  const how = deviceOf(engine.state())
  if (how === null) return ok(null)
  const { pid } = engine
  return ok({
    ...how,
    readTokensPerSecond: speedOf(answers.slice(0, rounds).map(({ reading }) => reading)),
    writeTokensPerSecond: speedOf(answers.map(({ writing }) => writing)),
    memoryBytes: pid === undefined ? null : await memoryOf(pid),
    quality: { ...countQuality(summaries), mode: loaded.value.summaryMode },
    engineVersion: engine.version ?? '',
  })
}

/** One answer with its times: reading from the first report to the last, writing from the first word to the last. */
async function ask(
  { engine, clock }: MeasureRunDependencies,
  prompt: string,
  conversationId: string,
  signal: AbortSignal,
): Promise<Result<Answer>> {
  const request: GenerationRequest = {
    lane: { kind: 'chat', conversationId },
    turns: [{ role: 'person', text: prompt }],
    maxTokens: answerTokens,
    temperature: 0,
    seed: 0,
  }
  const times = { readFrom: 0, readTo: 0, read: 0, written: 0 }
  const result = await engine.generate(request, {
    signal,
    onReading: (evaluated) => {
      if (evaluated === 0) times.readFrom = clock()
      else Object.assign(times, { readTo: clock(), read: evaluated })
    },
    onText: () => {
      if (times.written === 0) times.written = clock()
    },
  })
  if (!result.ok) return result
  const { generatedTokens } = result.value.meter
  return ok({
    generation: result.value,
    reading: { tokens: times.read, milliseconds: times.readTo - times.readFrom },
    writing: {
      tokens: times.written === 0 ? 0 : Math.max(0, generatedTokens - 1),
      milliseconds: times.written === 0 ? 0 : clock() - times.written,
    },
  })
}

/** Half of what the context has room for, at least one text; each round begins with another, so that nothing is reused. */
function longPrompt(golden: GoldenSet, texts: readonly GoldenText[], model: LoadedModel, round: number): string {
  const first = texts[round % texts.length] ?? golden.texts[0]
  const turned = [...texts.slice(round), ...texts.slice(0, round)].map(({ text }) => text)
  const characters = Math.min(4000, (model.contextTokens - answerTokens) * 1.5)
  return promptOf(golden, first?.language ?? 'en', `${round + 1}. ${turned.join('\n\n')}`.slice(0, characters))
}

function promptOf(golden: GoldenSet, language: GoldenText['language'], text: string): string {
  return `${golden.instruction[language]}\n\n<document>\n${text}\n</document>`
}

function deviceOf(state: EngineState): Pick<Figures, 'state' | 'threads' | 'contextTokens'> | null {
  if (state.state !== 'ready') return null
  const { gpu, gpuName, gpuLayers, totalLayers, threads, contextTokens } = state
  const deviceName = gpu === 'cpu' ? null : gpuName
  return { state: { device: gpu, deviceName, gpuLayers, totalLayers }, threads, contextTokens }
}
