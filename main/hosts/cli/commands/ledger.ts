// `sotto ledger`: what left this computer, and whether the record of it is whole.
import type { LedgerAnchor, LedgerEntry, LedgerVerdict } from '#contract/ledger.ts'
import { failureOf } from '#contract/result.ts'
import { bytesInWords } from '../../../../preload/failureValues.ts'
import {
  done,
  failed,
  wrong,
  type CommandContext,
  type Given,
  type Outcome,
  type Place,
  type Prepared,
} from '../command.ts'
import { textOption } from '../commandLine.ts'
import { harmless } from '../terminal.ts'

const place: Place = { folder: 'always', mode: 'beside' }

/** Reads the arguments of `ledger`. */
export function ledgerCommand({ own, positionals }: Given): Prepared {
  const [what = 'list', extra] = positionals
  if (extra !== undefined) return wrong('tooMany', { value: extra })
  if (what === 'export') return { place, run: exportLines }
  if (what === 'anchor') return { place, run: printAnchor }
  if (what === 'verify') {
    const listed = own['anchor']
    const given = Array.isArray(listed) ? listed.map(String) : []
    const anchors = given.map(anchorOf)
    const unread = given[anchors.indexOf(null)]
    if (unread !== undefined) return wrong('optionValue', { option: '--anchor', value: unread })
    return {
      place,
      run: (context) =>
        verify(
          context,
          anchors.filter((anchor) => anchor !== null),
        ),
    }
  }
  if (what !== 'list') return wrong('subcommand', { value: what })
  const given = textOption(own, 'limit') ?? '20'
  const limit = Number(given)
  if (!Number.isInteger(limit) || limit < 1 || limit > 500)
    return wrong('optionValue', { option: '--limit', value: given })
  return { place, run: (context) => list(context, limit) }
}

/** An anchor as `sotto ledger anchor` prints it: the number of entries, a colon, the hash of the last. */
function anchorOf(text: string): LedgerAnchor | null {
  const found = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text.trim())
  return found === null ? null : { entries: Number(found[1]), hash: found[2] ?? '' }
}

/** The whole ledger as JSON Lines on standard output, the same with and without `--json`. */
async function exportLines({ client, terminal }: CommandContext): Promise<Outcome> {
  const { ledgerExportLine } = await import('../output.ts')
  const stream = client.stream('ledger.export', {})
  for (;;) {
    const next = await stream.next()
    if (next.done === true) return next.value.ok ? done : failed(next.value.failure)
    if (next.value.type !== 'lines') continue
    const text = next.value.text.trimEnd()
    for (const line of text.split('\n')) ledgerExportLine.parse(JSON.parse(line))
    terminal.print(text)
  }
}

async function printAnchor({ client, terminal, json }: CommandContext): Promise<Outcome> {
  const anchor = await client.call('ledger.anchor', {})
  if (!anchor.ok) return failed(anchor.failure)
  const { entries, hash } = anchor.value
  if (!json) {
    terminal.print(`${entries}:${hash}`)
    return done
  }
  const { ledgerAnchorOutput } = await import('../output.ts')
  terminal.json(ledgerAnchorOutput.parse({ anchor: anchor.value }))
  return done
}

async function verify(context: CommandContext, anchors: readonly LedgerAnchor[]): Promise<Outcome> {
  const verified = await context.client.call('ledger.verify', anchors.length === 0 ? {} : { anchors: [...anchors] })
  if (!verified.ok) return failed(verified.failure)
  const { intact, broken } = verified.value
  if (!intact) {
    return failed(failureOf('ledger-broken', { seq: broken?.seq ?? 0, reason: broken?.reason ?? 'altered' }))
  }
  await printVerdict(context, verified.value)
  return done
}

async function printVerdict(context: CommandContext, verdict: LedgerVerdict): Promise<void> {
  const { terminal, translator, json, folder } = context
  if (json) {
    const { ledgerVerifyOutput } = await import('../output.ts')
    terminal.json(ledgerVerifyOutput.parse({ verdict }))
    return
  }
  terminal.print(translator.say(await verdictKey(context, verdict), { entries: verdict.entries, folder }))
}

async function verdictKey({ client }: CommandContext, { anchored }: LedgerVerdict): Promise<string> {
  if (anchored) return 'cli.ledger.intact'
  const info = await client.call('system.info', {})
  return info.ok && info.value.keyPlace === 'none' ? 'cli.ledger.empty' : 'cli.ledger.unanchored'
}

async function list(context: CommandContext, limit: number): Promise<Outcome> {
  const { client, terminal, translator, json } = context
  const listed = await client.call('ledger.list', { limit })
  if (!listed.ok) return failed(listed.failure)
  if (json) {
    const { ledgerListOutput } = await import('../output.ts')
    terminal.json(ledgerListOutput.parse({ entries: listed.value }))
    return done
  }
  if (listed.value.length === 0) terminal.print(translator.say('cli.ledger.none'))
  else printTable(context, listed.value)
  return done
}

const columns = ['when', 'event', 'purpose', 'to', 'sent', 'received', 'result'] as const

function printTable({ terminal, translator }: CommandContext, entries: readonly LedgerEntry[]): void {
  const { say, language } = translator
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'medium' })
  const rows = entries.map((entry) => [
    time.format(new Date(entry.at)),
    say(`cli.ledger.event.${entry.event}`),
    say(`cli.ledger.purpose.${entry.purpose}`),
    harmless(entry.destination),
    bytesInWords(entry.sentBytes, language),
    bytesInWords(entry.receivedBytes, language),
    harmless(entry.result),
  ])
  const heads = columns.map((column) => say(`cli.ledger.columns.${column}`))
  const widths = heads.map((head, index) => Math.max(head.length, ...rows.map((row) => row[index]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd()
  terminal.print(terminal.strong(line(heads)))
  for (const row of rows) terminal.print(line(row))
}
