// `sotto models`: what is installed, what could be, and the way from one to the other.
import path from 'node:path'
import type { ModelRecord } from '#contract/model.ts'
import { ok, type Result } from '#contract/result.ts'
import { bytesInWords } from '../../../../preload/failureValues.ts'
import {
  done,
  failed,
  stopped,
  wrong,
  type CommandContext,
  type Given,
  type Outcome,
  type Place,
  type Prepared,
} from '../command.ts'
import { harmless, wrap } from '../terminal.ts'
import { downloadModel, showCatalogue, showFit } from './modelDownloads.ts'
import { packWords, preparePack } from './modelPacks.ts'
import { showFiles, showScan, updateCatalogue } from './modelSupply.ts'

const looking: Place = { folder: 'always', mode: 'beside' }
const writing: Place = { folder: 'always', mode: 'own' }

/** Reads the arguments of `models`. */
export function modelsCommand({ positionals, own, cwd }: Given): Prepared {
  const [what = 'list', ...rest] = positionals
  const [which, extra] = rest
  const plain = ['list', 'catalog', 'scan', 'update'].includes(what)
  if (!plain && ![...packWords, 'import', 'fit', 'download', 'remove', 'files'].includes(what))
    return wrong('subcommand', { value: what })
  const surplus = plain ? which : what === 'pack' ? undefined : extra
  if (surplus !== undefined) return wrong('tooMany', { value: surplus })
  if (what === 'list') return { place: looking, run: listModels }
  if (what === 'catalog') return { place: looking, run: showCatalogue }
  if (what === 'update') return { place: writing, run: updateCatalogue }
  if (what === 'scan') return { place: looking, run: showScan }
  if (which === undefined) return wrong(missingWord(what))
  if (packWords.includes(what)) return preparePack(what, rest, own, cwd)
  if (what === 'files') return { place: writing, run: (context) => showFiles(context, which) }
  if (what === 'import') return { place: writing, run: (context) => importModel(context, which, cwd) }
  if (what === 'remove') return { place: writing, run: (context) => removeModel(context, which) }
  // A look at a header goes through the door, and what goes through it is written down.
  if (what === 'fit') return { place: writing, run: (context) => showFit(context, which) }
  const order = { source: which, acceptLicence: own['accept-licence'] === true, anyway: own['anyway'] === true }
  return { place: writing, run: (context) => downloadModel(context, order) }
}

function missingWord(what: string): string {
  if (what === 'import') return 'missingFile'
  return packWords.includes(what) ? 'missingFolder' : 'missingModel'
}

async function removeModel(context: CommandContext, modelId: string): Promise<Outcome> {
  const removed = await context.client.call('models.remove', { modelId })
  if (!removed.ok) return failed(removed.failure)
  if (context.json) {
    const { removeOutput } = await import('../output.ts')
    context.terminal.json(removeOutput.parse({ removed: { modelId } }))
  } else context.terminal.print(harmless(context.translator.say('cli.models.removed', { id: modelId })))
  return done
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
  terminal.print(wrap(facts.join(' · '), terminal.width, '  '))
  terminal.print(terminal.quiet(`  ${harmless(model.path)}`))
}

/** `which` is a file, or the name that `models scan` shows for one. */
async function importModel(context: CommandContext, which: string, cwd: string): Promise<Outcome> {
  const { terminal, translator, json, folder } = context
  const file = path.resolve(cwd, which)
  let imported = await follow(context, { path: file })
  if (!imported.ok && imported.failure.code === 'file-missing') {
    const found = await foundByName(context, which)
    if (found !== null) imported = await follow(context, found)
  }
  if (!imported.ok) return failed(imported.failure)
  const model = imported.value
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

type ImportInput = { readonly path: string; readonly name?: string }

/** Imports with progress; null when it was stopped. */
async function follow(context: CommandContext, input: ImportInput): Promise<Result<ModelRecord | null>> {
  const { client, terminal, translator, signal } = context
  const name = input.name ?? path.basename(input.path)
  const stream = client.stream('models.import', input, { signal })
  let model: ModelRecord | null = null
  for (;;) {
    const step = await stream.next()
    if (step.done === true) {
      terminal.clearProgress()
      return step.value.ok ? ok(model) : step.value
    }
    const item = step.value
    if (item.type === 'finished') model = item.model
    else {
      const percent = item.totalBytes === 0 ? 0 : Math.floor((100 * item.readBytes) / item.totalBytes)
      terminal.progress(translator.say('cli.progress.hashing', { name, percent }))
    }
  }
}

async function foundByName({ client, signal }: CommandContext, which: string): Promise<ImportInput | null> {
  const scan = await client.call('models.scan', {}, { signal })
  const found = scan.ok ? scan.value.models.find(({ name, leftOut }) => name === which && leftOut === null) : undefined
  return found === undefined ? null : { path: found.path, name: found.name.slice(0, 200) }
}
