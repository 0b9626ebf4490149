// One file of a repository: how it suits this computer, and the button that gets it.
import type { ReactNode } from 'react'
import type { FitVerdict } from '#contract/model.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { formatBytes } from '../../ui/format.ts'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import styles from './OutsideFile.module.css'
import { VerdictLine } from '../../ui/VerdictLine.tsx'

type OutsideFileProps = {
  readonly name: string
  /** Bytes. */
  readonly size: number
  readonly source: string
  readonly verdict: FitVerdict | null
  readonly preferred: boolean
}

/** A row; who publishes it and under which licence is for the person to know. */
export function OutsideFile({ name, size, source, verdict, preferred }: OutsideFileProps): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const downloadModel = useSotto((state) => state.downloadModel)
  const failure = useSotto((state) => (state.supplyFailure?.source === source ? state.supplyFailure.failure : null))
  const anyway = verdict?.kind === 'too-large'
  return (
    <div className={styles.file}>
      <p className={styles.name}>
        <span>{name}</span>
        {preferred && <span className={styles.preferred}>{translate('models.catalogue.preferred')}</span>}
      </p>
      {verdict !== null && <VerdictLine verdict={verdict} />}
      <div className={styles.get}>
        <Button size="small" onPress={() => void downloadModel(source, { acceptLicence: false, anyway })}>
          {translate(`models.catalogue.${anyway ? 'getAnyway' : 'get'}`, { size: formatBytes(size, language) })}
        </Button>
      </div>
      {failure !== null && <FailureNote failure={failure} />}
    </div>
  )
}
