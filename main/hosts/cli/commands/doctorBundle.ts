// `sotto doctor --bundle FILE.json`: says what a report for support holds, then writes it.
import { bytesInWords } from '../../../../preload/failureValues.ts'
import { done, failed, stopped, type CommandContext, type Outcome } from '../command.ts'
import { harmless } from '../terminal.ts'

/** Makes the report, lists its parts and writes it to a new file. */
export async function writeBundle(context: CommandContext, file: string): Promise<Outcome> {
  const { client, terminal, translator, json, signal } = context
  const { say, language } = translator
  terminal.progress(say('cli.progress.doctor'))
  const bundle = await client.call('diagnostics.bundle', {}, { signal })
  terminal.clearProgress()
  if (!bundle.ok) return failed(bundle.failure)
  if (signal.aborted) return stopped
  const { parts, sha256, bytes } = bundle.value
  if (!json) {
    terminal.print(terminal.strong(say('cli.bundle.head')))
    for (const { name, entries, bytes: size } of parts) {
      const values = { name: say(`bundle.parts.${name}`), count: entries, bytes: bytesInWords(size, language) }
      terminal.print(`  ${say('cli.bundle.part', values)}`)
    }
    terminal.print(say('cli.bundle.without'))
  }
  const written = await client.call('diagnostics.write-bundle', { sha256, path: file })
  if (!written.ok) return failed(written.failure)
  if (json) terminal.json({ file, sha256, bytes, parts })
  else terminal.print(harmless(say('cli.bundle.written', { path: file, bytes: bytesInWords(bytes, language) })))
  return done
}
