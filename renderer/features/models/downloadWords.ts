// Where a download stands, as one line a person can read.
import type { ModelDownload } from '#contract/model.ts'
import { formatBytes, formatDuration } from '../../ui/format.ts'
import type { Language, Translate } from '../../ui/text.ts'

/** "1.2 GB of 2.7 GB · 11 MB a second · about 2 minutes left"; parts that are not known are left out. */
export function downloadWords(download: ModelDownload, translate: Translate, language: Language): string {
  const { state, receivedBytes, totalBytes, bytesPerSecond, secondsLeft, pinned } = download
  const received = formatBytes(receivedBytes, language)
  if (state === 'complete') return translate(`models.download.${pinned ? 'pinned' : 'verified'}`, { size: received })
  const amount =
    totalBytes === null
      ? received
      : translate('models.download.amount', { received, total: formatBytes(totalBytes, language) })
  const parts =
    state === 'running'
      ? [
          amount,
          bytesPerSecond === null
            ? null
            : translate('models.download.speed', { speed: formatBytes(bytesPerSecond, language) }),
          secondsLeft === null
            ? null
            : translate('models.download.left', { time: formatDuration(secondsLeft * 1000, language) }),
        ]
      : [translate(`models.download.state.${state}`), amount]
  return parts.filter((part) => part !== null).join(' · ')
}
