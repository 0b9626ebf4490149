// Which cloud model is offered by the toggle, and which one a consent may name besides.
import type { CloudModel as Model, CloudProvider } from '#contract/cloud.ts'
import type { ReactNode } from 'react'
import { useSotto } from '../../state/store.ts'
import { formatDate, formatUsd } from '../../ui/format.ts'
import { Select } from '../../ui/Select.tsx'
import { type Language, type Translate, useLanguage, useTranslate } from '../../ui/text.ts'
import { SettingRow } from './SettingRow.tsx'

/** A select cannot hold an empty key; no provider has this name. */
const none = '(none)'

/** Models of the providers whose key is here, with their prices; the present choice even when its key is gone. */
export function CloudModel({ setting }: { readonly setting: 'cloudModel' | 'cloudFallback' }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const providers = useSotto((state) => state.cloudProviders)
  const ready = providers.filter(({ allowed, key }) => allowed && (key.set || !key.needed))
  const options = ready.flatMap((provider) =>
    provider.models.map((model) => ({
      value: `${provider.id}/${model.id}`,
      label: `${provider.name} · ${model.name}`,
      note: noteOf(provider, model, translate, language),
    })),
  )
  return (
    <SettingRow
      setting={setting}
      label={translate(`settings.cloud.${setting}.label`)}
      about={translate(`settings.cloud.${setting}.about`)}
      control={({ value, locked }, change) => (
        <Select
          label={translate(`settings.cloud.${setting}.label`)}
          labelHidden
          value={value === '' ? none : String(value)}
          disabled={locked}
          options={[
            { value: none, label: translate(`settings.cloud.${setting}.none`) },
            ...options,
            ...(value === '' || options.some((option) => option.value === value)
              ? []
              : [{ value: String(value), label: String(value), note: translate('settings.cloud.notReady') }]),
          ]}
          onChange={(chosen) => change(chosen === none ? '' : chosen)}
        />
      )}
    />
  )
}

function noteOf(provider: CloudProvider, { price }: Model, translate: Translate, language: Language): string {
  if (price === null) return translate(`settings.cloud.price.${provider.inside ? 'inside' : 'unknown'}`)
  return translate('settings.cloud.price.known', {
    input: formatUsd(price.input, language),
    output: formatUsd(price.output, language),
    date: formatDate(price.since, language),
  })
}
