// An endpoint of one's own: Azure, Foundry, or a compatible server, which may stand inside one's own organisation.
import type { ProviderKind } from '#contract/cloud.ts'
import { type ReactNode, useState } from 'react'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { Select } from '../../ui/Select.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useTranslate } from '../../ui/text.ts'
import { endpointOf, emptyEndpoint, type EndpointForm } from './endpointForm.ts'
import styles from './Providers.module.css'
import { Row } from './Section.tsx'

const kinds = ['private', 'azure', 'foundry'] as const satisfies readonly ProviderKind[]

/** A form on demand. */
export function Endpoints(): ReactNode {
  const translate = useTranslate()
  const [open, setOpen] = useState(false)
  return (
    <Row
      label={translate('settings.cloud.endpoint.label')}
      about={translate('settings.cloud.endpoint.about')}
      {...(open ? { below: <Form onDone={() => setOpen(false)} /> } : {})}
    >
      {!open && <Button onPress={() => setOpen(true)}>{translate('settings.cloud.endpoint.add')}</Button>}
    </Row>
  )
}

function Form({ onDone }: { readonly onDone: () => void }): ReactNode {
  const translate = useTranslate()
  const [form, setForm] = useState(emptyEndpoint)
  const addEndpoint = useSotto((state) => state.addEndpoint)
  const failure = useSotto((state) =>
    state.cloudSetUpFailure?.of === 'endpoint' ? state.cloudSetUpFailure.failure : null,
  )
  const endpoint = endpointOf(form)
  function change(changes: Partial<EndpointForm>): void {
    setForm({ ...form, ...changes })
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (endpoint !== null) void addEndpoint(endpoint).then((added) => added && onDone())
      }}
    >
      <Select
        label={translate('settings.cloud.endpoint.kind')}
        value={form.kind}
        options={kinds.map((kind) => ({ value: kind, label: translate(`settings.cloud.endpoint.kinds.${kind}`) }))}
        onChange={(kind) => change({ kind })}
      />
      <Fields form={form} change={change} />
      {form.kind === 'private' && (
        <>
          <Switch selected={form.inside} onChange={(inside) => change({ inside })}>
            {translate('settings.cloud.endpoint.inside')}
          </Switch>
          <Switch selected={form.keyNeeded} onChange={(keyNeeded) => change({ keyNeeded })}>
            {translate('settings.cloud.endpoint.keyNeeded')}
          </Switch>
        </>
      )}
      {failure !== null && <FailureNote failure={failure} />}
      <div className={styles.buttons}>
        <Button type="submit" size="small" tone="filled" isDisabled={endpoint === null}>
          {translate('settings.cloud.endpoint.keep')}
        </Button>
        <Button size="small" tone="quiet" onPress={onDone}>
          {translate('shell.actions.cancel')}
        </Button>
      </div>
    </form>
  )
}

type FieldsProps = { readonly form: EndpointForm; readonly change: (changes: Partial<EndpointForm>) => void }

function Fields({ form, change }: FieldsProps): ReactNode {
  const translate = useTranslate()
  return (
    <>
      <TextField
        label={translate('settings.cloud.endpoint.name')}
        value={form.name}
        onChange={(name) => change({ name })}
      />
      <TextField
        label={translate('settings.cloud.endpoint.address')}
        value={form.baseUrl}
        onChange={(baseUrl) => change({ baseUrl })}
        description={translate(`settings.cloud.endpoint.addressOf.${form.kind}`)}
      />
      <TextField
        label={translate(`settings.cloud.endpoint.${form.kind === 'azure' ? 'deployment' : 'model'}`)}
        value={form.model}
        onChange={(model) => change({ model })}
      />
      <div className={styles.pair}>
        <TextField
          label={translate('settings.cloud.endpoint.context')}
          type="number"
          value={form.contextTokens}
          onChange={(contextTokens) => change({ contextTokens })}
        />
        <TextField
          label={translate('settings.cloud.endpoint.output')}
          type="number"
          value={form.outputTokens}
          onChange={(outputTokens) => change({ outputTokens })}
        />
      </div>
    </>
  )
}
