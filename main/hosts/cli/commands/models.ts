// `sotto models`: what is installed; `sotto models import FILE`: one more.
import path from 'node:path'
import type { ModelRecord } from '#contract/model.ts'
import { bytesInWords } from '../../../../preload/failureValues.ts'
import {
  done,
  failed,
  stopped,
  wrong,
  type CommandContext,
  type Given,
  type Outcome,
  type Prepared,
} from '../command.ts'
import { harmless } from '../terminal.ts'

/** Reads the arguments of `models`. */
export function modelsCommand({ positionals, cwd }: Given): Prepared {
  const [what = 'list', file, extra] = positionals
  if (what === 'list') {
    if (file !== undefined) return wrong('tooMany', { value: file })
    return { place: { folder: 'always', mode: 'beside' }, run: listModels }
  }
  if (what !== 'import') return wrong('subcommand', { value: what })
  if (file === undefined) return wrong('missingFile')
  if (extra !== undefined) return wrong('tooMany', { value: extra })
  const model = path.resolve(cwd, file)
  return { place: { folder: 'always', mode: 'own' }, run: (context) => importModel(context, model) }
}

async function listModels(context: CommandContext): Promise<Outcome> {
  const { client, terminal, translator, json } = context
  const listed = await client.call('models.list', {})
  if (!listed.ok) return failed(listed.failure)
  if (json) {
    const { modelsOutput } = await import('../output.ts')
    terminal.json(modelsOutput.parse({ models: listed.value }))
    return done
  }
  if (listed.value.length === 0) terminal.print(translator.say('cli.models.none'))
  for (const model of listed.value) printModel(context, model)
  return done
}

function printModel({ terminal, translator }: CommandContext, model: ModelRecord): void {
  const { say, language } = translator
  const tokens = new Intl.NumberFormat(language).format(model.contextTokens)
  const facts = [
    bytesInWords(model.bytes, language),
    say('cli.models.context', { tokens }),
    say(model.starter ? 'cli.models.starter' : `cli.models.${model.summaryMode}`),
    ...(model.chatWrapper === 'needs-permission' ? [say('cli.models.needsPermission')] : []),
    ...(model.licence === null ? [] : [model.licence]),
  ]
  terminal.print(terminal.strong(harmless(model.name)))
  terminal.print(`  ${harmless(facts.join(' · '))}`)
  terminal.print(terminal.quiet(`  ${harmless(model.path)}`))
}

async function importModel(context: CommandContext, file: string): Promise<Outcome> {
  const { client, terminal, translator, signal, json, folder } = context
  const name = path.basename(file)
  const stream = client.stream('models.import', { path: file }, { signal })
  let model: ModelRecord | null = null
  for (;;) {
    const step = await stream.next()
    if (step.done === true) {
      terminal.clearProgress()
      if (!step.value.ok) return failed(step.value.failure)
      break
    }
    const item = step.value
    if (item.type === 'finished') model = item.model
    else {
      const percent = item.totalBytes === 0 ? 0 : Math.floor((100 * item.readBytes) / item.totalBytes)
      terminal.progress(translator.say('cli.progress.hashing', { name, percent }))
    }
  }
  if (model === null) return stopped
  if (json) {
    const { importOutput } = await import('../output.ts')
    terminal.json(importOutput.parse({ model }))
    return done
  }
  terminal.print(harmless(translator.say('cli.models.imported', { name: model.name })))
  if (folder !== null)
    terminal.print(terminal.quiet(harmless(translator.say('cli.models.importNeedsData', { folder }))))
  return done
}
