// What stands between a linked model and its first answer: its chat template, and whether it may run.
import { KeyRound } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ModelRecord } from '#contract/model.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './TemplateNote.module.css'

/** A quiet line, or the question when permission is missing. */
export function TemplateNote({ model }: { readonly model: ModelRecord }): ReactNode {
  const translate = useTranslate()
  const allowTemplate = useSotto((state) => state.allowTemplate)
  if (model.chatWrapper !== 'needs-permission') {
    return <p className={styles.quiet}>{translate(`models.wrapper.${model.chatWrapper}`)}</p>
  }
  return (
    <div className={styles.question}>
      <KeyRound aria-hidden className={styles.icon} />
      <div className={styles.words}>
        <p className={styles.title}>{translate('models.wrapper.needs-permission')}</p>
        <p>{translate('models.wrapper.needs-permissionWhy')}</p>
        <Button size="small" onPress={() => void allowTemplate(model.id)}>
          {translate('models.wrapper.allow')}
        </Button>
      </div>
    </div>
  )
}
