// What a person should know about the organisation's policy: that there is one, or that it could not be used.
import { Building2, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useSotto } from '../../state/store.ts'
import { useTranslate } from '../../ui/text.ts'
import styles from './PolicyNote.module.css'

/** Nothing where no policy exists. */
export function PolicyNote(): ReactNode {
  const translate = useTranslate()
  const policy = useSotto((state) => state.policy)
  if (policy === null || policy.state === 'none') return null
  if (policy.state === 'active') {
    return (
      <p className={styles.active}>
        <Building2 aria-hidden />
        {translate('settings.policy.active')}
      </p>
    )
  }
  return (
    <section role="alert" className={styles.invalid}>
      <TriangleAlert aria-hidden />
      <div className={styles.words}>
        <h2 className={styles.title}>{translate('settings.policy.invalidTitle')}</h2>
        <p>{translate('settings.policy.invalid', { source: policy.source })}</p>
        {policy.issues.length > 0 && (
          <>
            <h3 className={styles.issuesTitle}>{translate('settings.policy.issues')}</h3>
            <ul className={styles.issues}>
              {policy.issues.map((issue) => (
                <li key={issue}>{issue}</li>
              ))}
            </ul>
          </>
        )}
        <p>{translate('settings.policy.next')}</p>
      </div>
    </section>
  )
}
