// What a running summary is doing, in the words a person would use.
import type { Coverage } from '#contract/document.ts'
import type { SummaryRun } from '../../../state/documents/summaries.ts'
import { formatCount, formatDuration } from '../../../ui/format.ts'
import type { Language, Translate } from '../../../ui/text.ts'

/** "Reading pages 31–44 of 214 · about 2 minutes left". */
export function runWords(run: SummaryRun, coverage: Coverage, translate: Translate, language: Language): string {
  if (run.phase === 'stopping') return translate('documents.run.stopping')
  const { progress } = run
  if (progress === null) return translate('documents.run.starting')
  const left = progress.remainingMs
  const stage = stageWords(progress, coverage, translate, language)
  return left === null || progress.stage === 'queued' || progress.stage === 'loading-model'
    ? stage
    : `${stage} · ${translate('documents.run.left', { time: formatDuration(left, language) })}`
}

function stageWords(
  { stage, units }: NonNullable<SummaryRun['progress']>,
  { unit, total }: Coverage,
  translate: Translate,
  language: Language,
): string {
  if (stage !== 'reading') return translate(`documents.run.stage.${stage}`)
  if (units === null) return translate('documents.run.stage.reading')
  const number = (value: number) => formatCount(value, language)
  const values = { from: number(units.from), to: number(units.to), total: number(total) }
  return translate(`documents.run.reading.${unit}${units.from === units.to ? '' : 's'}`, values)
}

/** 0 to 1; null while nobody can say. */
export function runShare(run: SummaryRun): number | null {
  const { progress } = run
  if (progress === null || progress.totalSteps === 0) return null
  if (progress.stage === 'queued' || progress.stage === 'loading-model') return null
  return progress.doneSteps / progress.totalSteps
}
