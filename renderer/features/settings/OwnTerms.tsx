// The person's own lists: what is always hidden before anything is sent, and what never is.
import { type ReactNode, useEffect, useState } from 'react'
import type { OwnTerms as Terms } from '../../state/cloud/cloudState.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './Providers.module.css'
import { Row } from './Section.tsx'

/** One term a line; kept encrypted. */
export function OwnTerms(): ReactNode {
  const translate = useTranslate()
  const terms = useSotto((state) => state.cloudTerms)
  const connected = useSotto((state) => state.connection === 'open')
  const loadTerms = useSotto((state) => state.loadTerms)
  useEffect(() => {
    if (connected) void loadTerms()
  }, [connected, loadTerms])
  return (
    <Row
      label={translate('settings.cloud.terms.label')}
      about={translate('settings.cloud.terms.about')}
      below={terms === null ? undefined : <Lists key={JSON.stringify(terms)} terms={terms} />}
    />
  )
}

function Lists({ terms }: { readonly terms: Terms }): ReactNode {
  const translate = useTranslate()
  const [hide, setHide] = useState(terms.hide.join('\n'))
  const [show, setShow] = useState(terms.show.join('\n'))
  const saveTerms = useSotto((state) => state.saveTerms)
  const failure = useSotto((state) =>
    state.cloudSetUpFailure?.of === 'terms' ? state.cloudSetUpFailure.failure : null,
  )
  const changed = { hide: linesOf(hide), show: linesOf(show) }
  const same = JSON.stringify(changed) === JSON.stringify(terms)
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        void saveTerms(changed)
      }}
    >
      <TextField label={translate('settings.cloud.terms.hide')} value={hide} onChange={setHide} multiline />
      <TextField label={translate('settings.cloud.terms.show')} value={show} onChange={setShow} multiline />
      {failure !== null && <FailureNote failure={failure} />}
      <div className={styles.buttons}>
        <Button type="submit" size="small" isDisabled={same}>
          {translate('settings.cloud.keep')}
        </Button>
      </div>
    </form>
  )
}

function linesOf(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trim().slice(0, 200))
  return [...new Set(lines.filter((line) => line !== ''))]
}
