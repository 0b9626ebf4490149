// How far the consent reaches, and whether it also names a second provider. Nothing is ticked for the person.
import type { OfferedScope } from '#contract/cloudDraft.ts'
import type { ReactNode } from 'react'
import { Label, Radio, RadioGroup } from 'react-aria-components'
import type { Consent } from '../../state/cloud/cloudState.ts'
import { useSotto } from '../../state/store.ts'
import { formatBytes, formatUsd } from '../../ui/format.ts'
import { Switch } from '../../ui/Switch.tsx'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import styles from './Reach.module.css'

/** The scopes that are offered; the smallest stands first and is taken unless the person takes another. */
export function Reach({ consent }: { readonly consent: Consent }): ReactNode {
  const translate = useTranslate()
  const chooseScope = useSotto((state) => state.chooseScope)
  const nameFallback = useSotto((state) => state.nameFallback)
  const { draft, scope, alsoFallback } = consent
  const { fallback, recipient } = draft
  return (
    <div className={styles.reach}>
      <RadioGroup
        value={scope}
        onChange={(value) => {
          const chosen = draft.scopes.find((offered) => offered.scope === value)
          if (chosen !== undefined) chooseScope(chosen.scope)
        }}
        className={styles.group ?? ''}
      >
        <Label className={styles.label ?? ''}>{translate('consent.scope.label')}</Label>
        {draft.scopes.map((offered) => (
          <Choice key={offered.scope} offered={offered} chosen={offered.scope === scope} />
        ))}
      </RadioGroup>
      {fallback !== null && (
        <div>
          <Switch selected={alsoFallback} onChange={nameFallback}>
            {translate('consent.fallback.label', { first: recipient.providerName, second: fallback.providerName })}
          </Switch>
          <p className={styles.why}>
            {translate('consent.fallback.about', { model: fallback.modelName, host: fallback.host })}
          </p>
        </div>
      )}
    </div>
  )
}

type ChoiceProps = { readonly offered: OfferedScope; readonly chosen: boolean }

/** What a choice means stands below it once it is taken. */
function Choice({ offered, chosen }: ChoiceProps): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const { scope, content, maxBytes, maxUsd, minutes } = offered
  const cost = maxUsd === null ? '' : translate('consent.scope.cost', { usd: formatUsd(maxUsd, language) })
  const why = translate(`consent.scope.${scope}Why`, { minutes, bytes: formatBytes(maxBytes, language), cost })
  const kinds = content.map((kind) => translate(`consent.scope.contentKind.${kind}`)).join(', ')
  return (
    <Radio value={scope} className={styles.choice ?? ''}>
      <span aria-hidden className={styles.dot} />
      <span className={styles.words}>
        <span className={styles.name}>{translate(`consent.scope.${scope}`)}</span>
        {chosen && <span className={styles.why}>{why}</span>}
        {chosen && scope !== 'once' && (
          <span className={styles.why}>{translate('consent.scope.content', { kinds })}</span>
        )}
      </span>
    </Radio>
  )
}
