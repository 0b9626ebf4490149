// Another model was chosen than the one a job began with: the person says which it is to be.
import type { ReactNode } from 'react'
import type { Job } from '#contract/job.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './JobRow.module.css'

/** Nothing where nothing is asked. */
export function ModelQuestion({ job }: { readonly job: Job }): ReactNode {
  const translate = useTranslate()
  const chooseJobModel = useSotto((state) => state.chooseJobModel)
  const { modelChoice } = job
  if (modelChoice === null) return null
  return (
    <div role="group" aria-label={translate('jobs.model.label', { title: job.title })} className={styles.question}>
      <p>{translate('jobs.model.text', { began: modelChoice.began, chosen: modelChoice.chosen })}</p>
      <div className={styles.answers}>
        <Button size="small" onPress={() => void chooseJobModel(job.id, 'began')}>
          {translate('jobs.model.began', { name: modelChoice.began })}
        </Button>
        <Button size="small" onPress={() => void chooseJobModel(job.id, 'chosen')}>
          {translate('jobs.model.chosen', { name: modelChoice.chosen })}
        </Button>
      </div>
    </div>
  )
}
