// What stays here and how: the one switch, the key, and where the data lies.
import type { ReactNode } from 'react'
import { useSotto } from '../../state/store.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './Privacy.module.css'
import { Row, Section } from './Section.tsx'
import { SettingRow } from './SettingRow.tsx'

/** Local only, the key's place, and the data folder. */
export function Privacy(): ReactNode {
  const translate = useTranslate()
  const info = useSotto((state) => state.info)
  return (
    <Section name="privacy">
      <SettingRow
        setting="localOnly"
        label={translate('settings.localOnly.label')}
        about={translate('settings.localOnly.about')}
        control={({ value, locked }, change) => (
          <Switch selected={value === true} disabled={locked} labelHidden onChange={change}>
            {translate('settings.localOnly.switch')}
          </Switch>
        )}
      />
      {info !== null && (
        <>
          <Row label={translate('settings.key.label')} about={translate(`settings.key.${info.keyPlace}`)} />
          <Row
            label={translate('settings.data.label')}
            about={translate(info.dataFolder === null ? 'settings.data.none' : 'settings.data.about')}
            below={info.dataFolder === null ? undefined : <DataFolder path={info.dataFolder} />}
          />
        </>
      )}
    </Section>
  )
}

function DataFolder({ path }: { readonly path: string }): ReactNode {
  const translate = useTranslate()
  return (
    <div className={styles.folder}>
      <code className={styles.path}>{path}</code>
      <CopyButton text={path} label={translate('settings.data.copy')} />
    </div>
  )
}
