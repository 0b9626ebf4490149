// How the window looks and which language it speaks.
import type { ReactNode } from 'react'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Select } from '../../ui/Select.tsx'
import { useTranslate } from '../../ui/text.ts'
import { Section } from './Section.tsx'
import { SettingRow } from './SettingRow.tsx'

const themes = ['system', 'light', 'dark', 'high-contrast'] as const
const languages = ['system', 'en', 'de'] as const

/** Theme and language. */
export function Appearance(): ReactNode {
  const translate = useTranslate()
  return (
    <Section name="appearance">
      <SettingRow
        setting="theme"
        label={translate('settings.theme.label')}
        control={({ value, locked }, change) => (
          <SegmentedControl
            label={translate('settings.theme.label')}
            value={String(value)}
            disabled={locked}
            options={themes.map((theme) => ({ value: theme, label: translate(`settings.theme.${theme}`) }))}
            onChange={change}
          />
        )}
      />
      <SettingRow
        setting="language"
        label={translate('settings.language.label')}
        control={({ value, locked }, change) => (
          <Select
            label={translate('settings.language.label')}
            labelHidden
            value={String(value)}
            disabled={locked}
            options={languages.map((language) => ({
              value: language,
              label: translate(`settings.language.${language}`),
            }))}
            onChange={change}
          />
        )}
      />
    </Section>
  )
}
