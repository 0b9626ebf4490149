// Providers with their keys: set, removed, and where they lie. A key goes in and never comes out again.
import type { CloudProvider } from '#contract/cloud.ts'
import { Building2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { OutsideMark } from '../../ui/OutsideMark.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './Providers.module.css'
import { Row } from './Section.tsx'

/** One line each, with what can be done about it. */
export function Providers(): ReactNode {
  const translate = useTranslate()
  const providers = useSotto((state) => state.cloudProviders)
  return (
    <Row
      label={translate('settings.cloud.providers.label')}
      about={translate('settings.cloud.providers.about')}
      below={
        <ul className={styles.list}>
          {providers.map((provider) => (
            <Provider key={provider.id} provider={provider} />
          ))}
        </ul>
      }
    />
  )
}

function Provider({ provider }: { readonly provider: CloudProvider }): ReactNode {
  const translate = useTranslate()
  const [asking, ask] = useState(false)
  const failure = useSotto((state) =>
    state.cloudSetUpFailure?.of === provider.id ? state.cloudSetUpFailure.failure : null,
  )
  const removeKey = useSotto((state) => state.removeProviderKey)
  const removeEndpoint = useSotto((state) => state.removeEndpoint)
  const { id, name, host, inside, added, allowed, key } = provider
  return (
    <li className={styles.provider}>
      <div className={styles.line}>
        {inside ? (
          <Building2 aria-hidden className={styles.inside} />
        ) : (
          <OutsideMark label={translate('settings.cloud.providers.outside')} />
        )}
        <div className={styles.words}>
          <p className={styles.name}>{name}</p>
          <p className={styles.host}>{host}</p>
          <p className={styles.state}>{translate(`settings.cloud.key.${stateOf(provider)}`)}</p>
        </div>
        <div className={styles.actions}>
          {allowed && key.needed && !asking && (
            <Button
              size="small"
              aria-label={translate(`settings.cloud.key.${key.set ? 'replaceOf' : 'setOf'}`, { name })}
              onPress={() => ask(true)}
            >
              {translate(key.set ? 'settings.cloud.key.replace' : 'settings.cloud.key.set')}
            </Button>
          )}
          {key.set && (
            <Button
              size="small"
              tone="quiet"
              aria-label={translate('settings.cloud.key.removeOf', { name })}
              onPress={() => void removeKey(id)}
            >
              {translate('settings.cloud.key.remove')}
            </Button>
          )}
          {added && (
            <Button
              size="small"
              tone="problem"
              aria-label={translate('settings.cloud.endpoint.removeOf', { name })}
              onPress={() => void removeEndpoint(id)}
            >
              {translate('settings.cloud.endpoint.remove')}
            </Button>
          )}
        </div>
      </div>
      {asking && <KeyField provider={provider} onDone={() => ask(false)} />}
      {failure !== null && <FailureNote failure={failure} />}
    </li>
  )
}

function stateOf({ allowed, inside, key }: CloudProvider): string {
  if (!allowed) return 'notAllowed'
  if (!key.needed) return inside ? 'insideWithout' : 'without'
  if (!key.set) return 'missing'
  return key.place === 'keystore' ? 'keystore' : 'memory'
}

type KeyFieldProps = { readonly provider: CloudProvider; readonly onDone: () => void }

function KeyField({ provider: { id, name }, onDone }: KeyFieldProps): ReactNode {
  const translate = useTranslate()
  const [key, setKey] = useState('')
  const setProviderKey = useSotto((state) => state.setProviderKey)
  async function keep(): Promise<void> {
    const kept = await setProviderKey(id, key.trim())
    // What was typed does not stay in the window, whatever came of it.
    setKey('')
    if (kept) onDone()
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (key.trim() !== '') void keep()
      }}
    >
      <TextField
        label={translate('settings.cloud.key.field', { name })}
        type="password"
        value={key}
        onChange={setKey}
        description={translate('settings.cloud.key.about')}
      />
      <div className={styles.buttons}>
        <Button type="submit" size="small" tone="filled" isDisabled={key.trim() === ''}>
          {translate('settings.cloud.key.keep')}
        </Button>
        <Button size="small" tone="quiet" onPress={onDone}>
          {translate('shell.actions.cancel')}
        </Button>
      </div>
    </form>
  )
}
