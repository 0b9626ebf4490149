// One download: how far it is, how long it takes, and how to hold it, go on or give it up.
import type { ReactNode } from 'react'
import type { ModelDownload } from '#contract/model.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import styles from './DownloadRow.module.css'
import { downloadWords } from './downloadWords.ts'

/** A download with what can be done about it. */
export function DownloadRow({ download }: { readonly download: ModelDownload }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const refused = useSotto((state) =>
    state.supplyFailure?.source === download.id ? state.supplyFailure.failure : null,
  )
  const { name, state, receivedBytes, totalBytes, failure } = download
  const share = totalBytes === null || totalBytes === 0 ? null : receivedBytes / totalBytes
  const words = downloadWords(download, translate, language)
  return (
    <article aria-label={name} className={styles.row} data-state={state}>
      <h3 className={styles.name}>{name}</h3>
      {state === 'complete' ? (
        <p role="status">{words}</p>
      ) : (
        <div className={styles.bar}>
          <ProgressBar value={state === 'running' ? share : (share ?? 0)} label={words} />
        </div>
      )}
      {state === 'failed' && failure !== null && <FailureNote failure={failure} />}
      {refused !== null && <FailureNote failure={refused} />}
      <Actions download={download} />
    </article>
  )
}

function Actions({ download }: { readonly download: ModelDownload }): ReactNode {
  const translate = useTranslate()
  const { id, state, modelId } = download
  const pauseDownload = useSotto((slices) => slices.pauseDownload)
  const resumeDownload = useSotto((slices) => slices.resumeDownload)
  const cancelDownload = useSotto((slices) => slices.cancelDownload)
  const chooseModel = useSotto((slices) => slices.chooseModel)
  const chosen = useSotto((slices) => slices.settings.modelId?.value === modelId)
  const usable = useSotto((slices) =>
    slices.models.some((model) => model.id === modelId && model.chatWrapper !== 'needs-permission'),
  )
  return (
    <div className={styles.actions}>
      {(state === 'running' || state === 'queued') && (
        <Button size="small" onPress={() => void pauseDownload(id)}>
          {translate('models.download.pause')}
        </Button>
      )}
      {(state === 'paused' || state === 'failed') && (
        <Button size="small" onPress={() => void resumeDownload(id)}>
          {translate(`models.download.${state === 'failed' ? 'retry' : 'resume'}`)}
        </Button>
      )}
      {state === 'complete' && modelId !== null && usable && !chosen && (
        <Button size="small" onPress={() => void chooseModel(modelId)}>
          {translate('models.import.useNow')}
        </Button>
      )}
      <Button size="small" tone="quiet" onPress={() => void cancelDownload(id)}>
        {translate(`models.download.${state === 'complete' ? 'dismiss' : 'cancel'}`)}
      </Button>
    </div>
  )
}
