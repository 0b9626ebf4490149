// `sotto models scan|files|update`: models of other programs, files of a repository, the mirror's catalogue.
import type { CatalogueState, FoundModel } from '#contract/modelSupply.ts'
import { bytesInWords } from '../../../../preload/failureValues.ts'
import { done, failed, type CommandContext, type Outcome } from '../command.ts'
import { harmless } from '../terminal.ts'
import { verdictInWords } from './verdictInWords.ts'

/** Prints what was found, folder by folder, with why a file cannot be used. */
export async function showScan(context: CommandContext): Promise<Outcome> {
  const { client, terminal, translator, signal, json } = context
  const scan = await client.call('models.scan', {}, { signal })
  if (!scan.ok) return failed(scan.failure)
  if (json) {
    const { scanOutput } = await import('../output.ts')
    terminal.json(scanOutput.parse(scan.value))
    return done
  }
  const { say } = translator
  for (const { peer, path, state } of scan.value.folders) {
    const note = state === 'read' ? '' : ` (${say(`cli.models.scan.${state}`)})`
    terminal.print(harmless(`${say(`cli.models.peers.${peer}`)}: ${path}${note}`))
  }
  for (const model of scan.value.models) printFound(context, model)
  terminal.print(say(scan.value.models.length === 0 ? 'cli.models.scan.none' : 'cli.models.scan.how'))
  return done
}

function printFound({ terminal, translator }: CommandContext, model: FoundModel): void {
  const { say, language } = translator
  const facts = [
    say(`cli.models.peers.${model.peer}`),
    bytesInWords(model.bytes, language),
    ...(model.leftOut === null ? [] : [say(`cli.models.leftOut.${model.leftOut}`)]),
    ...(model.modelId === null ? [] : [say('cli.models.installed')]),
  ]
  terminal.print(terminal.strong(harmless(model.name)))
  terminal.print(`  ${harmless(facts.join(' · '))}`)
  terminal.print(terminal.quiet(`  ${harmless(model.path)}`))
}

/** Fetches the mirror's signed catalogue and says what is in force now. */
export async function updateCatalogue(context: CommandContext): Promise<Outcome> {
  const { client, terminal, signal, json } = context
  const updated = await client.call('models.update-catalogue', {}, { signal })
  if (!updated.ok) return failed(updated.failure)
  if (json) {
    const { catalogueStateOutput } = await import('../output.ts')
    terminal.json(catalogueStateOutput.parse({ catalogue: updated.value }))
    return done
  }
  terminal.print(catalogueInWords(context, updated.value))
  return done
}

/** Which catalogue is in force, in one line. */
export function catalogueInWords({ translator: { say, language } }: CommandContext, state: CatalogueState): string {
  const { source, version, expires } = state
  const until =
    expires === null ? '' : new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(expires))
  return say(`cli.models.catalogue.${source}`, { version: String(version), until })
}

/** Prints a repository's model files with verdicts. */
export async function showFiles(context: CommandContext, repository: string): Promise<Outcome> {
  const { client, terminal, translator, signal, json } = context
  const listed = await client.call('models.files', { repository }, { signal })
  if (!listed.ok) return failed(listed.failure)
  if (json) {
    const { filesOutput } = await import('../output.ts')
    terminal.json(filesOutput.parse(listed.value))
    return done
  }
  const { say, language } = translator
  if (listed.value.files.length === 0) terminal.print(say('cli.models.noFiles'))
  for (const { file, bytes, leftOut, verdict, preferred } of listed.value.files) {
    terminal.print(terminal.strong(harmless(`${listed.value.repository}/${file}`)))
    const facts = [
      bytesInWords(bytes, language),
      ...(leftOut === null ? [] : [say(`cli.models.leftOut.${leftOut}`)]),
      ...(verdict === null ? [] : [verdictInWords(context, verdict)]),
      ...(preferred ? [say('cli.models.preferred')] : []),
    ]
    terminal.print(`  ${harmless(facts.join(' · '))}`)
  }
  return done
}
