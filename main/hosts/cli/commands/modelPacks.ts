// `sotto models pack|verify|install`: models for computers that download nothing.
import path from 'node:path'
import type { Input } from '#contract/index.ts'
import type { PackReport } from '#contract/modelSupply.ts'
import type { Result } from '#contract/result.ts'
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
import { harmless } from '../terminal.ts'

/** The words after `models` that are about packs. */
export const packWords: readonly string[] = ['pack', 'verify', 'install']

const looking: Place = { folder: 'always', mode: 'beside' }
const writing: Place = { folder: 'always', mode: 'own' }

/** Reads the arguments of a word about packs; the folder comes first. */
export function preparePack(
  what: string,
  [folderName = '', ...modelIds]: readonly string[],
  own: Given['own'],
  cwd: string,
): Prepared {
  const folder = path.resolve(cwd, folderName)
  if (what === 'pack') {
    if (modelIds.length === 0) return wrong('missingModel')
    return { place: looking, run: (context) => makePack(context, folder, modelIds) }
  }
  if (what === 'verify') return { place: looking, run: (context) => verifyPack(context, folder) }
  if (own['copy'] === true && own['share'] === true) return wrong('option', { value: '--share' })
  const way = own['copy'] === true ? 'copy' : own['share'] === true ? 'share' : 'link'
  const order = { folder, way, acceptLicence: own['accept-licence'] === true, older: own['older'] === true } as const // as: the way is one of three words
  return { place: writing, run: (context) => installPack(context, order) }
}

async function makePack(context: CommandContext, folder: string, modelIds: readonly string[]): Promise<Outcome> {
  const { client, signal } = context
  const stream = client.stream('models.pack', { folder, modelIds: [...modelIds] }, { signal })
  return report(context, await followed(context, folder, stream), 'made')
}

async function verifyPack(context: CommandContext, folder: string): Promise<Outcome> {
  const { client, signal } = context
  const stream = client.stream('models.verify-pack', { folder }, { signal })
  return report(context, await followed(context, folder, stream), 'sound')
}

async function installPack(
  context: CommandContext,
  order: Input<'models.install-pack'> & { readonly folder: string; readonly way: 'link' | 'copy' | 'share' },
): Promise<Outcome> {
  const { client, terminal, translator, signal, json } = context
  const stream = client.stream('models.install-pack', order, { signal })
  const ended = await followed(context, order.folder, stream)
  if (!ended.result.ok) return failed(ended.result.failure)
  if (ended.last === null || ended.last.reason === 'stopped') return stopped
  const { models } = ended.last
  if (json) {
    const { installOutput } = await import('../output.ts')
    terminal.json(installOutput.parse({ models }))
    return done
  }
  for (const { name } of models) terminal.print(harmless(translator.say(`cli.models.pack.${order.way}`, { name })))
  return done
}

type Progress = { readonly type: 'progress'; readonly readBytes: number; readonly totalBytes: number }

/** Shows progress; the last item, null where the stream failed. */
async function followed<Item extends Progress | { readonly type: 'finished' }>(
  { terminal, translator }: CommandContext,
  folder: string,
  stream: AsyncGenerator<Item, Result<void>, void>,
): Promise<{ readonly last: Exclude<Item, Progress> | null; readonly result: Result<void> }> {
  let last: Exclude<Item, Progress> | null = null
  for (;;) {
    const step = await stream.next()
    if (step.done === true) {
      terminal.clearProgress()
      return { last, result: step.value }
    }
    const item: Progress | { readonly type: 'finished' } = step.value
    if (item.type === 'finished')
      last = step.value as Exclude<Item, Progress> // as: its type was asked for just now
    else {
      const percent = item.totalBytes === 0 ? 0 : Math.floor((100 * item.readBytes) / item.totalBytes)
      terminal.progress(translator.say('cli.progress.hashing', { name: path.basename(folder), percent }))
    }
  }
}

async function report(
  { terminal, translator, json }: CommandContext,
  { last, result }: { readonly last: { readonly pack: PackReport | null } | null; readonly result: Result<void> },
  word: 'made' | 'sound',
): Promise<Outcome> {
  if (!result.ok) return failed(result.failure)
  const pack = last?.pack ?? null
  if (pack === null) return stopped
  if (json) {
    const { packOutput } = await import('../output.ts')
    terminal.json(packOutput.parse({ pack }))
    return done
  }
  const { say, language } = translator
  terminal.print(say(`cli.models.pack.${word}`))
  terminal.print(terminal.quiet(say(pack.signed ? 'cli.models.pack.signed' : 'cli.models.pack.unsigned')))
  for (const { name, file, bytes } of pack.models) {
    terminal.print(harmless(`  ${name} · ${file} · ${bytesInWords(bytes, language)}`))
  }
  return done
}
