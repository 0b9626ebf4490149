// Which model works, and how much of this computer it may use.
import type { ReactNode } from 'react'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Select } from '../../ui/Select.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { useTranslate } from '../../ui/text.ts'
import { Section } from './Section.tsx'
import { SettingRow } from './SettingRow.tsx'
import { threadChoices } from './threadChoices.ts'
import styles from './ModelSection.module.css'

/** Model, threads, graphics card, battery and context. */
export function ModelSection(): ReactNode {
  const translate = useTranslate()
  return (
    <Section name="model">
      <ModelRow />
      <ThreadsRow />
      <SettingRow
        setting="gpu"
        label={translate('settings.gpu.label')}
        about={translate('settings.gpu.about')}
        control={({ value, locked }, change) => (
          <SegmentedControl
            label={translate('settings.gpu.label')}
            // Which of several backends is chosen in the Models room.
            value={value === 'off' ? 'off' : 'auto'}
            disabled={locked}
            options={[
              { value: 'auto', label: translate('settings.gpu.auto') },
              { value: 'off', label: translate('settings.gpu.off') },
            ]}
            onChange={change}
          />
        )}
      />
      <SettingRow
        setting="saveBattery"
        label={translate('settings.battery.label')}
        about={translate('settings.battery.about')}
        control={({ value, locked }, change) => (
          <Switch selected={value === true} disabled={locked} labelHidden onChange={change}>
            {translate('settings.battery.label')}
          </Switch>
        )}
      />
      <ContextRow />
    </Section>
  )
}

/** Sizes to choose from besides the usual one; what model and memory do not allow is not used. */
const contextSizes = [4096, 8192, 16_384, 32_768, 65_536, 131_072]

function ContextRow(): ReactNode {
  const translate = useTranslate()
  return (
    <SettingRow
      setting="contextTokens"
      label={translate('settings.context.label')}
      about={translate('settings.context.about')}
      control={({ value, locked }, change) => (
        <Select
          label={translate('settings.context.label')}
          labelHidden
          value={String(value)}
          disabled={locked}
          options={[...new Set([0, ...contextSizes, Number(value)])]
            .toSorted((a, b) => a - b)
            .map((tokens) => ({
              value: String(tokens),
              label:
                tokens === 0
                  ? translate('settings.context.usual')
                  : translate('settings.context.some', { count: tokens }),
            }))}
          onChange={(tokens) => change(Number(tokens))}
        />
      )}
    />
  )
}

/** A select cannot hold an empty key; no model has this name. */
const automatic = '(automatic)'

function ModelRow(): ReactNode {
  const translate = useTranslate()
  const models = useSotto((state) => state.models)
  const navigate = useSotto((state) => state.navigate)
  return (
    <SettingRow
      setting="modelId"
      label={translate('settings.model.label')}
      about={translate('settings.model.about')}
      control={({ value, locked }, change) => (
        <div className={styles.model}>
          <Select
            label={translate('settings.model.label')}
            labelHidden
            value={value === '' ? automatic : String(value)}
            disabled={locked}
            options={[
              {
                value: automatic,
                label: translate('settings.model.automatic'),
                note: translate('settings.model.automaticNote'),
              },
              ...models.map(({ id, name, starter }) => ({
                value: id,
                label: name,
                ...(starter ? { note: translate('settings.model.starterNote') } : {}),
              })),
              ...(value === '' || models.some(({ id }) => id === value)
                ? []
                : [{ value: String(value), label: String(value), note: translate('settings.model.gone') }]),
            ]}
            onChange={(id) => change(id === automatic ? '' : id)}
          />
          <Button tone="quiet" size="small" onPress={() => navigate('models')}>
            {translate('settings.model.open')}
          </Button>
        </div>
      )}
    />
  )
}

function ThreadsRow(): ReactNode {
  const translate = useTranslate()
  const inUse = useSotto(({ engine }) => (engine.state === 'ready' ? engine.threads : null))
  return (
    <SettingRow
      setting="threads"
      label={translate('settings.threads.label')}
      about={translate('settings.threads.about')}
      control={({ value, locked }, change) => (
        <Select
          label={translate('settings.threads.label')}
          labelHidden
          value={String(value)}
          disabled={locked}
          options={threadChoices(navigator.hardwareConcurrency, Number(value)).map((count) => ({
            value: String(count),
            label:
              count > 0
                ? translate('settings.threads.some', { count })
                : Number(value) === 0 && inUse !== null
                  ? translate('settings.threads.automaticNow', { count: inUse })
                  : translate('settings.threads.automatic'),
          }))}
          onChange={(count) => change(Number(count))}
        />
      )}
    />
  )
}
