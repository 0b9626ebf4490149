// `sotto doctor --measure`: a short run per installed model, and the figures side by side.
import type { Measurement } from '#contract/machine.ts'
import { bytesInWords } from '../../../../preload/failureValues.ts'
import { done, failed, stopped, type CommandContext, type Outcome } from '../command.ts'
import { harmless, wrap } from '../terminal.ts'

/** Measures every installed model one after the other; one that fails is said and the others go on. */
export async function measureModels(context: CommandContext): Promise<Outcome> {
  const { client, terminal, translator, json, signal } = context
  const models = await client.call('models.list', {})
  if (!models.ok) return failed(models.failure)
  let broken = false
  for (const { id, name } of models.value) {
    const measuring = client.stream('machine.measure', { modelId: id }, { signal })
    for (;;) {
      const step = await measuring.next()
      if (step.done === true) {
        terminal.clearProgress()
        if (signal.aborted) return stopped
        if (step.value.ok) break
        broken = true
        const { message } = translator.failure(step.value.failure)
        terminal.note(harmless(`${name}: ${message}`))
        break
      }
      if (step.value.type === 'progress') {
        const { stage, done: finished, total } = step.value
        terminal.progress(translator.say(`cli.measure.progress_${stage}`, { name, done: finished, total }))
      }
    }
  }
  const measured = await client.call('machine.measurements', {})
  if (!measured.ok) return failed(measured.failure)
  if (json) terminal.json({ measurements: measured.value })
  else print(context, measured.value)
  return broken ? { kind: 'reported' } : done
}

function print({ terminal, translator }: CommandContext, measured: readonly Measurement[]): void {
  const { say, language } = translator
  const unknown = say('cli.measure.unknown')
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  const speed = (value: number | null) => (value === null ? unknown : number.format(value))
  terminal.print(terminal.strong(say('cli.measure.title')))
  for (const { modelName, state, quality, memoryBytes, readTokensPerSecond, writeTokensPerSecond } of measured) {
    const memory = memoryBytes === null ? unknown : bytesInWords(memoryBytes, language)
    const figures = { read: speed(readTokensPerSecond), write: speed(writeTokensPerSecond), memory }
    const { kept, facts, texts, invented, unusable } = quality
    terminal.print(harmless(say('cli.measure.model', { name: modelName, device: state.device })))
    terminal.print(wrap(say('cli.measure.speed', figures), terminal.width, '  ', '  '))
    const found = say('cli.measure.quality', { kept, facts, texts, invented, unusable })
    terminal.print(wrap(found, terminal.width, '  ', '  '))
  }
  terminal.print(terminal.quiet(wrap(say('cli.measure.limits'), terminal.width)))
}
