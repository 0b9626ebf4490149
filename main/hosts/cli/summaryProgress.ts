// What a running summary is doing, in one line.
import type { Coverage } from '#contract/document.ts'
import { assertNever } from '#contract/result.ts'
import type { SummaryItem } from '#contract/summary.ts'
import type { Translator } from '../node/translator.ts'
import { timeInWords } from './words.ts'

type Progress = Extract<SummaryItem, { type: 'progress' }>

/** "Reading pages 3–4 of 6 · 2 of 9 steps · about 2 minutes left". */
export function progressInWords(progress: Progress, coverage: Coverage, translator: Translator): string {
  const { doneSteps: done, totalSteps: total, remainingMs } = progress
  const { say } = translator
  const parts = [stageInWords(progress, coverage, translator)]
  if (total > 0) parts.push(say('cli.progress.steps', { done, total }))
  if (remainingMs !== null) parts.push(say('cli.progress.left', { time: timeInWords(remainingMs, translator) }))
  return parts.join(' · ')
}

function stageInWords({ stage, units }: Progress, { unit, total }: Coverage, { say }: Translator): string {
  switch (stage) {
    case 'queued':
      return say('cli.progress.queued')
    case 'loading-model':
      return say('cli.progress.loadingModel')
    case 'reading': {
      if (units === null) return say('cli.progress.reading')
      const one = units.from === units.to
      const unitName = say(`cli.unit.${unit}`, { count: one ? 1 : 2 })
      return say(one ? 'cli.progress.readingOne' : 'cli.progress.readingMany', { ...units, total, unit: unitName })
    }
    case 'combining':
      return say('cli.progress.combining')
    case 'checking':
      return say('cli.progress.checking')
    default:
      return assertNever(stage)
  }
}
