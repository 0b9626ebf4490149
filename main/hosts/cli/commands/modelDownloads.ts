// `sotto models catalog|fit|download`: what suits this computer, and getting it.
import type { ModelDownload } from '#contract/model.ts'
import { bytesInWords } from '../../../../preload/failureValues.ts'
import { done, failed, type CommandContext, type Outcome } from '../command.ts'
import { harmless } from '../terminal.ts'
import { catalogueInWords } from './modelSupply.ts'
import { verdictInWords } from './verdictInWords.ts'

/** Prints the catalogue with a verdict for each model. */
export async function showCatalogue(context: CommandContext): Promise<Outcome> {
  const { client, terminal, translator, json } = context
  const { say, language } = translator
  const listed = await client.call('models.catalog', {})
  if (!listed.ok) return failed(listed.failure)
  const state = await client.call('models.catalogue-state', {})
  if (!state.ok) return failed(state.failure)
  if (json) {
    const { catalogOutput } = await import('../output.ts')
    terminal.json(catalogOutput.parse({ catalogue: state.value, models: listed.value }))
    return done
  }
  terminal.print(terminal.quiet(catalogueInWords(context, state.value)))
  if (state.value.refused !== null) terminal.print(terminal.quiet(translator.failure(state.value.refused).message))
  for (const model of listed.value) {
    const size = bytesInWords(model.bytes, language)
    const facts = [
      model.sha256 === null ? say('cli.models.about', { size }) : size,
      model.licence.id,
      ...(model.sha256 === null ? [say('cli.models.pinned')] : []),
      ...(model.installedModelId === null ? [] : [say('cli.models.installed')]),
      ...(model.preferred ? [say('cli.models.preferred')] : []),
    ]
    terminal.print(`${terminal.strong(harmless(model.name))}  ${harmless(model.id)}`)
    terminal.print(`  ${harmless(verdictInWords(context, model.verdict))}`)
    terminal.print(terminal.quiet(`  ${harmless(facts.join(' · '))}`))
  }
  return done
}

/** Fetches a model's header and prints whether it suits. */
export async function showFit(context: CommandContext, source: string): Promise<Outcome> {
  const { client, terminal, json, signal } = context
  const fit = await client.call('models.fit', { source }, { signal })
  if (!fit.ok) return failed(fit.failure)
  if (json) {
    const { fitOutput } = await import('../output.ts')
    terminal.json(fitOutput.parse({ fit: fit.value }))
    return done
  }
  terminal.print(terminal.strong(harmless(fit.value.name)))
  terminal.print(`  ${harmless(verdictInWords(context, fit.value.verdict))}`)
  return done
}

/** Downloads a model to its end; Ctrl+C keeps what arrived. */
export async function downloadModel(
  context: CommandContext,
  order: { readonly source: string; readonly acceptLicence: boolean; readonly anyway: boolean },
): Promise<Outcome> {
  const { client, terminal, translator, signal, json } = context
  const waiting: { id: string | null; ended: ModelDownload | null; wake: () => void } = {
    id: null,
    ended: null,
    wake: () => undefined,
  }
  const early: ModelDownload[] = []
  const hear = (download: ModelDownload): void => {
    if (waiting.id === null) early.push(download)
    if (download.id !== waiting.id) return
    if (download.state === 'queued' || download.state === 'running') return showProgress(context, download)
    waiting.ended = download
    waiting.wake()
  }
  const stopHearing = client.on('models.download-changed', hear)
  try {
    const started = await client.call('models.download', order, { signal })
    if (!started.ok) return failed(started.failure)
    waiting.id = started.value.id
    for (const download of early) hear(download)
    const pauses: Promise<unknown>[] = []
    const stopped = () => void pauses.push(client.call('models.pause-download', { downloadId: started.value.id }))
    if (signal.aborted) stopped()
    signal.addEventListener('abort', stopped)
    if (waiting.ended === null) await new Promise<void>((resolve) => (waiting.wake = resolve))
    signal.removeEventListener('abort', stopped)
    await Promise.all(pauses)
  } finally {
    stopHearing()
    terminal.clearProgress()
  }
  const { ended } = waiting
  if (ended === null || ended.state === 'paused') return { kind: 'stopped', sentence: 'cli.models.keptPart' }
  if (ended.failure !== null) return failed(ended.failure)
  if (json) {
    const { downloadOutput } = await import('../output.ts')
    terminal.json(downloadOutput.parse({ download: ended }))
    return done
  }
  terminal.print(harmless(translator.say('cli.models.downloaded', { name: ended.name })))
  if (ended.pinned && ended.sha256 !== null) {
    terminal.print(terminal.quiet(translator.say('cli.models.pinnedHash', { sha256: ended.sha256 })))
  }
  return done
}

function showProgress({ terminal, translator }: CommandContext, download: ModelDownload): void {
  const { say, language } = translator
  const { name, state, receivedBytes, totalBytes, bytesPerSecond, secondsLeft } = download
  if (state === 'queued' || totalBytes === null) return terminal.progress(say('cli.models.queued', { name }))
  const percent = Math.floor((100 * receivedBytes) / Math.max(1, totalBytes))
  const values = {
    name,
    percent,
    received: bytesInWords(receivedBytes, language),
    total: bytesInWords(totalBytes, language),
  }
  if (bytesPerSecond === null || secondsLeft === null) return terminal.progress(say('cli.models.running', values))
  const speed = bytesInWords(bytesPerSecond, language)
  terminal.progress(say('cli.models.speed', { ...values, speed, seconds: secondsLeft }))
}
