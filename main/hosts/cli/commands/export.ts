// `sotto export WHAT ID`: a kept summary, answer, comparison or batch as a file.
import type { ExportSubject } from '#contract/export.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import { failed, wrong, type CommandContext, type Given, type Outcome, type Place, type Prepared } from '../command.ts'
import { exportWish, writeExport, type ExportWish } from '../writeExport.ts'

const place: Place = { folder: 'always', mode: 'beside' }
const kinds = ['summary', 'answer', 'comparison', 'batch'] as const
type Kind = (typeof kinds)[number]

/** Reads the arguments of `export`. */
export function exportCommand({ own, positionals, cwd }: Given): Prepared {
  const [named = '', id, extra] = positionals
  const kind = kinds.find((known) => known === named)
  if (kind === undefined) return wrong('subcommand', { value: named })
  if (id === undefined) return wrong('missingExport')
  if (extra !== undefined) return wrong('tooMany', { value: extra })
  const wish = exportWish(own, cwd)
  if (wish !== null && 'wrong' in wish) return wish
  return { place, run: (context) => run(context, kind, id, wish ?? { format: 'markdown', file: null, cwd }) }
}

async function run(context: CommandContext, kind: Kind, id: string, wish: ExportWish): Promise<Outcome> {
  const what = await subjectOf(context, kind, id)
  return what.ok ? writeExport(context, what.value, wish) : failed(what.failure)
}

async function subjectOf({ client }: CommandContext, kind: Kind, id: string): Promise<Result<ExportSubject>> {
  switch (kind) {
    case 'answer':
      return ok({ kind, answerId: id })
    case 'comparison':
      return ok({ kind, comparisonId: id })
    case 'batch':
      return ok({ kind, jobId: id })
    case 'summary': {
      const documents = await client.call('documents.list', {})
      if (!documents.ok) return documents
      for (const document of documents.value) {
        const summaries = await client.call('summaries.list', { documentId: document.id })
        if (!summaries.ok) return summaries
        // By its own id, by its job's, or the newest of a document.
        const found = summaries.value.find((each) => each.id === id || each.jobId === id || each.documentId === id)
        if (found !== undefined) return ok({ kind, documentId: document.id, summaryId: found.id })
      }
      return fail('not-found', { what: 'summary', id })
    }
  }
}
