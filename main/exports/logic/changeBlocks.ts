// The changes of a comparison as blocks: counts first, then substance, then the rest, each with both places.
import type { Change, ChangeKind, ChangeSide } from '#contract/comparison.ts'
import type { ExportFile } from '#contract/exportFile.ts'
import { heading, marked, paragraph, plain, type Block, type Mark, type Run, type Version } from './exportPage.ts'
import { placesInWords, type Say } from './placeWords.ts'

const order: readonly ChangeKind[] = ['substance', 'added', 'removed', 'moved', 'wording']

/** The blocks of a comparison; none of anything else. */
export function changeBlocks({ comparison, changes = [] }: ExportFile, say: Say): Block[] {
  if (comparison === undefined) return []
  const { counts, renumbered, identical, sameFile, before, after } = comparison
  const kinds = order.filter((kind) => counts[kind] > 0)
  const summary = kinds.map((kind) => [plain(say(`export.count.${kind}`, { count: counts[kind] }))])
  const same = [plain(say('export.count.same', { count: counts.same }))]
  return [
    ...(before.outdated || after.outdated ? [paragraph(say('export.outdated'), 'warning')] : []),
    heading(2, say('export.result')),
    ...(identical ? [paragraph(say(sameFile ? 'export.sameFile' : 'export.identical'))] : []),
    { kind: 'list', items: [...summary, same] },
    ...(renumbered > 0 ? [paragraph(say('export.renumbered', { count: renumbered }), 'quiet')] : []),
    ...kinds.flatMap((kind) => [
      heading(2, say(`export.kind.${kind}`)),
      ...changes.filter((change) => change.kind === kind).map((change) => blockOf(change, say)),
    ]),
  ]
}

function blockOf(change: Change, say: Say): Block {
  const { before, after, kind, reasons, moved } = change
  const why = reasons.map((reason) => say(`export.reason.${reason}`))
  const also = moved && kind !== 'moved' ? [say('export.alsoMoved')] : []
  const where = (after ?? before)?.path.at(-1)
  const title = [...(where === undefined ? [] : [where]), [...why, ...also].join(', ')].filter((part) => part !== '')
  return {
    kind: 'versions',
    title: title.length === 0 ? say(`export.kind.${kind}`) : title.join(' · '),
    before: before === null ? null : version(before, 'removed', kind === 'removed', say),
    after: after === null ? null : version(after, 'inserted', kind === 'added', say),
  }
}

/** A passage with the words that only it has marked; all of it where the other side has none. */
function version(side: ChangeSide, mark: 'removed' | 'inserted', whole: boolean, say: Say): Version {
  const label = say(mark === 'removed' ? 'export.before' : 'export.after')
  const number = side.number === null ? [] : [say('export.clause', { number: side.number })]
  const name = [label, ...number, placesInWords(side.locators, say)].filter((part) => part !== '').join(', ')
  return { label: name, runs: whole ? [marked(side.text, mark)] : markedRuns(side, mark) }
}

function markedRuns({ text, marks }: ChangeSide, mark: Mark): Run[] {
  const runs: Run[] = []
  let at = 0
  for (const { start, end } of marks) {
    if (start > at) runs.push(plain(text.slice(at, start)))
    runs.push(marked(text.slice(start, end), mark))
    at = end
  }
  if (at < text.length) runs.push(plain(text.slice(at)))
  return runs
}
