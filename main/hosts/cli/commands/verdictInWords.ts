// A verdict on a model and this computer, in one line with its numbers.
import type { FitVerdict } from '#contract/model.ts'
import { bytesInWords } from '../../../../preload/failureValues.ts'
import type { CommandContext } from '../command.ts'

/** The verdict as people read it. */
export function verdictInWords({ translator: { say, language } }: CommandContext, verdict: FitVerdict): string {
  const { kind, gpuName, contextTokens, neededBytes, totalBytes, availableBytes } = verdict
  const tokens = new Intl.NumberFormat(language).format(contextTokens)
  const numbers = say('cli.models.numbers', {
    needed: bytesInWords(neededBytes, language),
    total: bytesInWords(totalBytes, language),
    available: bytesInWords(availableBytes, language),
  })
  return `${say(`cli.models.verdict.${kind}`, { gpu: gpuName ?? '', tokens })} (${numbers})`
}
