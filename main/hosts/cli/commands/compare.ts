// `sotto compare A B`: what was added, removed, changed in substance or only in wording between two documents.
import path from 'node:path'
import type { Change, ChangeKind, ChangeSide, Comparison, ComparisonItem } from '#contract/comparison.ts'
import type { Stream } from '#contract/result.ts'
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
import { passwordFrom, readPassword, type PasswordFrom } from '../password.ts'
import { textOption } from '../commandLine.ts'
import { addDocument } from '../readDocument.ts'
import { harmless, wrap } from '../terminal.ts'
import { chips, coverageInWords } from '../words.ts'
import { exportWish, writeExport, type ExportWish } from '../writeExport.ts'

type Order = { readonly files: readonly string[]; readonly wish: ExportWish | null; readonly password: PasswordFrom }

/** Reads the arguments of `compare`. */
export function compareCommand({ own, positionals, cwd }: Given): Prepared {
  const [before, after, extra] = positionals
  if (before === undefined || after === undefined) return wrong('missingTwo')
  if (extra !== undefined) return wrong('tooMany', { value: extra })
  const wish = exportWish(own, cwd)
  if (wish !== null && 'wrong' in wish) return wish
  const files = [before, after].map((file) => path.resolve(cwd, file))
  const order = { files, wish, password: passwordFrom(textOption(own, 'password-file'), cwd) }
  return { place: { folder: 'asked', mode: 'own' }, run: (context) => compare(context, order) }
}

async function compare(context: CommandContext, { files, wish, password }: Order): Promise<Outcome> {
  const secret = await readPassword(password, context)
  if (!secret.ok) return failed(secret.failure)
  if (secret.value === null) return stopped
  const ids: string[] = []
  for (const file of files) {
    const added = await addDocument(context, file, secret.value)
    if (added.kind === 'failed') return failed(added.failure)
    if (added.kind === 'stopped' || context.signal.aborted) return stopped
    ids.push(added.document.id)
  }
  const [beforeId = '', afterId = ''] = ids
  const { client, signal } = context
  const made = await follow(context, client.stream('comparisons.compare', { beforeId, afterId }, { signal }))
  if ('kind' in made) return made
  if (wish !== null) return writeExport(context, { kind: 'comparison', comparisonId: made.id }, wish)
  return show(context, made)
}

async function follow(
  { terminal, translator }: CommandContext,
  stream: Stream<ComparisonItem>,
): Promise<Comparison | Outcome> {
  let comparison: Comparison | null = null
  for (;;) {
    const step = await stream.next()
    if (step.done === true) {
      terminal.clearProgress()
      if (!step.value.ok) return failed(step.value.failure)
      return comparison ?? stopped
    }
    const item = step.value
    if (item.type === 'comparison') comparison = item.comparison
    // The short passes of a stage have no count to tell; reading is told without one.
    if (item.type === 'progress' && (item.total > 0 || item.stage === 'reading')) {
      terminal.progress(translator.say(`cli.compare.stage.${item.stage}`, { done: item.done, total: item.total }))
    }
  }
}

async function show(context: CommandContext, comparison: Comparison): Promise<Outcome> {
  const { client, terminal, translator, json } = context
  const changes: Change[] = []
  for (;;) {
    const input = { comparisonId: comparison.id, from: changes.length, count: 500 }
    const page = await client.call('comparisons.changes', input)
    if (!page.ok) return failed(page.failure)
    changes.push(...page.value)
    if (page.value.length < 500) break
  }
  if (json) {
    const { compareOutput } = await import('../output.ts')
    terminal.json(compareOutput.parse({ comparison, changes }))
    return done
  }
  const { say } = translator
  const line = (text: string, indent = ''): void => terminal.print(wrap(harmless(text), terminal.width, indent))
  terminal.print(
    terminal.strong(wrap(harmless(`${comparison.before.name} → ${comparison.after.name}`), terminal.width)),
  )
  for (const { name, coverage } of [comparison.before, comparison.after]) {
    terminal.print(terminal.quiet(wrap(harmless(`${name}: ${coverageInWords(coverage, translator)}`), terminal.width)))
  }
  if (comparison.identical) line(say(comparison.sameFile ? 'cli.compare.sameFile' : 'cli.compare.identical'))
  for (const kind of order)
    printKind(
      context,
      kind,
      changes.filter((change) => change.kind === kind),
    )
  terminal.print()
  terminal.print(terminal.quiet(say('cli.compare.same', { count: comparison.counts.same })))
  if (comparison.renumbered > 0) {
    terminal.print(terminal.quiet(say('cli.compare.renumbered', { count: comparison.renumbered })))
  }
  return done
}

const order: readonly ChangeKind[] = ['substance', 'added', 'removed', 'moved', 'wording']

function printKind({ terminal, translator }: CommandContext, kind: ChangeKind, changes: readonly Change[]): void {
  if (changes.length === 0) return
  const { say } = translator
  terminal.print()
  terminal.print(terminal.strong(say(`cli.compare.kind.${kind}`, { count: changes.length })))
  for (const { before, after, reasons } of changes) {
    if (reasons.length > 0) {
      terminal.print(terminal.quiet(`  ${reasons.map((reason) => say(`cli.compare.reason.${reason}`)).join(', ')}`))
    }
    const side = (sign: string, { text, locators, marks }: ChangeSide): void => {
      const places = chips(locators, translator)
      terminal.print(wrap(harmless(`${withMarks(text, marks)} ${places}`), terminal.width, `  ${sign} `, '    '))
    }
    if (before !== null) side('−', before)
    if (after !== null) side('+', after)
  }
}

/** The words that differ stand between signs, because a terminal may have no colours. */
function withMarks(text: string, marks: ChangeSide['marks']): string {
  let marked = ''
  let at = 0
  for (const { start, end } of marks) {
    marked += `${text.slice(at, start)}[${text.slice(start, end)}]`
    at = end
  }
  return marked + text.slice(at)
}
