// A setting with its control, and what to know when it is not the person's to decide.
import type { ReactNode } from 'react'
import type { Failure } from '#contract/failures.ts'
import type { SettingEntry, SettingKey } from '#contract/setting.ts'
import { useSotto } from '../../state/store.ts'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { LockNote } from '../../ui/LockNote.tsx'
import { useTranslate } from '../../ui/text.ts'

import { Row } from './Section.tsx'
import styles from './SettingRow.module.css'

type SettingRowProps = {
  readonly setting: SettingKey
  readonly label: string
  readonly about?: ReactNode
  /** Draws the control from the setting as it stands and a way to change it. */
  readonly control: (entry: SettingEntry, change: (value: string | number | boolean) => void) => ReactNode
}

/** Nothing until the setting is known; then the row, with a lock note when it is managed. */
export function SettingRow({ setting, label, about, control }: SettingRowProps): ReactNode {
  const entry = useSotto((state) => state.settings[setting])
  const refused = useSotto((state) => (state.settingFailure?.key === setting ? state.settingFailure.failure : null))
  const changeSetting = useSotto((state) => state.changeSetting)
  if (entry === undefined) return null
  const quiet = !entry.locked && entry.source !== 'recommended' && refused === null
  return (
    <Row label={label} about={about} {...(quiet ? {} : { below: <Below entry={entry} refused={refused} /> })}>
      {control(entry, (value) => void changeSetting(setting, value))}
    </Row>
  )
}

type BelowProps = { readonly entry: SettingEntry; readonly refused: Failure | null }

function Below({ entry, refused }: BelowProps): ReactNode {
  const translate = useTranslate()
  return (
    <>
      {entry.locked && <LockNote entry={entry} />}
      {entry.source === 'recommended' && <p className={styles.recommended}>{translate('settings.lock.recommended')}</p>}
      {refused !== null && <FailureNote failure={refused} />}
    </>
  )
}
