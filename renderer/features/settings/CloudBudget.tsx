// What may be spent in a month, and for how many days a prepared request stays readable.
import { type ReactNode, useState } from 'react'
import type { SettingKey } from '#contract/setting.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './CloudBudget.module.css'
import { SettingRow } from './SettingRow.tsx'

/** Two numbers, each kept by a press. */
export function Budget(): ReactNode {
  return (
    <>
      <NumberSetting setting="cloudBudgetUsd" name="budget" />
      <NumberSetting setting="cloudDraftDays" name="days" />
    </>
  )
}

function NumberSetting({ setting, name }: { readonly setting: SettingKey; readonly name: string }): ReactNode {
  const translate = useTranslate()
  return (
    <SettingRow
      setting={setting}
      label={translate(`settings.cloud.${name}.label`)}
      about={translate(`settings.cloud.${name}.about`)}
      control={({ value, locked }, change) => (
        <NumberField
          key={String(value)}
          label={translate(`settings.cloud.${name}.field`)}
          value={Number(value)}
          locked={locked}
          onKeep={change}
        />
      )}
    />
  )
}

type NumberFieldProps = {
  readonly label: string
  readonly value: number
  readonly locked: boolean
  readonly onKeep: (value: number) => void
}

function NumberField({ label, value, locked, onKeep }: NumberFieldProps): ReactNode {
  const translate = useTranslate()
  const [typed, setTyped] = useState(String(value))
  const number = Number(typed.replace(',', '.'))
  const changed = typed.trim() !== '' && Number.isFinite(number) && number !== value
  return (
    <form
      className={styles.number}
      onSubmit={(event) => {
        event.preventDefault()
        if (changed) onKeep(number)
      }}
    >
      <TextField label={label} labelHidden value={typed} disabled={locked} onChange={setTyped} />
      <Button type="submit" isDisabled={!changed || locked}>
        {translate('settings.cloud.keep')}
      </Button>
    </form>
  )
}
