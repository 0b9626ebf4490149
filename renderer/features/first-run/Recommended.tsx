// The model that would suit this computer best, below everything else, so that it moves nothing when it comes.
import type { ReactNode } from 'react'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { formatBytes } from '../../ui/format.ts'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import { VerdictLine } from '../../ui/VerdictLine.tsx'
import styles from './Recommended.module.css'

/** Name, size, licence and fit; nothing where no model suits or one is already there. */
export function Recommended(): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const model = useSotto((state) => state.catalogue.find(({ preferred }) => preferred))
  const leave = useSotto((state) => state.leaveWelcome)
  const navigate = useSotto((state) => state.navigate)
  if (model === undefined || model.installedModelId !== null) return null
  return (
    <section aria-label={translate('firstRun.recommended.label')} className={styles.model}>
      <div className={styles.words}>
        <p>
          {translate('firstRun.recommended.name', {
            name: model.name,
            size: formatBytes(model.bytes, language),
            licence: model.licence.id,
          })}
        </p>
        <VerdictLine verdict={model.verdict} />
      </div>
      <Button
        size="small"
        onPress={() => {
          leave()
          navigate('models')
        }}
      >
        {translate('firstRun.recommended.see')}
      </Button>
    </section>
  )
}
