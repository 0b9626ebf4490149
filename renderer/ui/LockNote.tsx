// Why a setting cannot be changed here, and whom to ask.
import { Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import type { SettingEntry } from '#contract/setting.ts'
import { useTranslate } from './text.ts'
import styles from './LockNote.module.css'

/** The lock, who decided, the reason in their words, and the contact. */
export function LockNote({ entry }: { readonly entry: SettingEntry }): ReactNode {
  const translate = useTranslate()
  const byEnvironment = entry.source === 'environment'
  const reason = byEnvironment ? translate('settings.lock.environmentWhy', { name: entry.reason }) : entry.reason
  return (
    <div className={styles.note}>
      <Lock aria-hidden className={styles.icon} />
      <div>
        <p className={styles.who}>{translate(`settings.lock.${byEnvironment ? 'environment' : 'policy'}`)}</p>
        {reason !== null && reason !== 'policy-invalid' && <p>{reason}</p>}
        {entry.contact !== null && <p>{translate('settings.lock.contact', { contact: entry.contact })}</p>}
      </div>
    </div>
  )
}
