// Linking a model file by its path: checked whole, never moved.
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { ModelImport } from '../../state/modelsSlice.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { formatBytes } from '../../ui/format.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import { TextField } from '../../ui/TextField.tsx'
import styles from './AddModel.module.css'
import section from './Section.module.css'
import { nameOfPath, pathFrom } from '../../ui/pastedPath.ts'

/** The form, and how the last import goes or went. */
export function AddModel(): ReactNode {
  const translate = useTranslate()
  const modelImport = useSotto((state) => state.modelImport)
  return (
    <section aria-labelledby="models-add" className={section.section}>
      <h2 id="models-add" className={section.title}>
        {translate('models.import.title')}
      </h2>
      <p className={section.text}>{translate('models.import.text')}</p>
      <PathForm busy={modelImport.state === 'checking'} />
      <div role="status">
        <Progress modelImport={modelImport} />
      </div>
    </section>
  )
}

function PathForm({ busy }: { readonly busy: boolean }): ReactNode {
  const translate = useTranslate()
  const importModel = useSotto((state) => state.importModel)
  const windows = useSotto((state) => state.info?.platform.startsWith('win32') === true)
  const wanted = useSotto((state) => state.route.room === 'models' && state.route.id === 'import')
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const path = pathFrom(text)
  useEffect(() => {
    if (wanted) input.current?.focus()
  }, [wanted])
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (path !== '' && !busy) void importModel(path)
  }
  return (
    <form className={section.form} onSubmit={submit}>
      <div className={styles.field}>
        <TextField
          label={translate('models.import.field')}
          value={text}
          onChange={setText}
          placeholder={translate(windows ? 'models.import.placeholderWindows' : 'models.import.placeholder')}
          description={translate('models.import.why')}
          inputRef={input}
        />
      </div>
      <Button type="submit" isDisabled={path === '' || busy}>
        {translate('models.import.link')}
      </Button>
    </form>
  )
}

function Progress({ modelImport }: { readonly modelImport: ModelImport }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const stopImport = useSotto((state) => state.stopImport)
  switch (modelImport.state) {
    case 'none':
      return null
    case 'stopped':
      return <p>{translate('models.import.stopped')}</p>
    case 'failed':
      return <FailureNote failure={modelImport.failure} />
    case 'linked':
      return <Linked modelId={modelImport.model.id} name={modelImport.model.name} />
    case 'checking': {
      const { path, readBytes, totalBytes } = modelImport
      const name = nameOfPath(path)
      const known = totalBytes > 0
      return (
        <div className={styles.progress}>
          <ProgressBar
            value={known ? readBytes / totalBytes : null}
            label={
              known
                ? translate('models.import.checking', {
                    name,
                    read: formatBytes(readBytes, language),
                    total: formatBytes(totalBytes, language),
                  })
                : translate('models.import.starting', { name })
            }
          />
          <Button size="small" onPress={stopImport}>
            {translate('models.import.stop')}
          </Button>
        </div>
      )
    }
  }
}

function Linked({ modelId, name }: { readonly modelId: string; readonly name: string }): ReactNode {
  const translate = useTranslate()
  const chooseModel = useSotto((state) => state.chooseModel)
  const usable = useSotto((state) =>
    state.models.some(({ id, chatWrapper }) => id === modelId && chatWrapper !== 'needs-permission'),
  )
  const chosen = useSotto((state) => state.settings.modelId?.value === modelId)
  return (
    <div className={styles.linked}>
      <p>{translate('models.import.linked', { name })}</p>
      {usable && !chosen && (
        <Button size="small" onPress={() => void chooseModel(modelId)}>
          {translate('models.import.useNow')}
        </Button>
      )}
    </div>
  )
}
