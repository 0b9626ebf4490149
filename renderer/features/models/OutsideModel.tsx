// A model by its name or address: its files with a verdict each, or one file judged by its first bytes.
import { type FormEvent, type ReactNode, useState } from 'react'
import type { RepositoryModel } from '#contract/modelSupply.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { formatBytes } from '../../ui/format.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import { TextField } from '../../ui/TextField.tsx'
import { OutsideFile } from './OutsideFile.tsx'
import styles from './Section.module.css'

/** Files shown before the rest is folded away. */
const shownFiles = 5

/** The form and what was found. */
export function OutsideModel(): ReactNode {
  const translate = useTranslate()
  const look = useSotto((state) => state.outsideLook)
  return (
    <section aria-labelledby="models-outside" className={styles.section}>
      <h2 id="models-outside" className={styles.title}>
        {translate('models.outside.title')}
      </h2>
      <Form busy={look.state === 'looking'} />
      <div role="status">
        {look.state === 'looking' && (
          <ProgressBar value={null} label={translate('models.outside.looking', { name: look.source })} />
        )}
      </div>
      {look.state === 'failed' && <FailureNote failure={look.failure} />}
      {look.state === 'files' && <Files repository={look.repository} files={look.files} />}
      {look.state === 'file' && (
        <OutsideFile
          name={look.fit.name}
          size={look.fit.bytes}
          source={look.source}
          verdict={look.fit.verdict}
          preferred={false}
        />
      )}
    </section>
  )
}

function Form({ busy }: { readonly busy: boolean }): ReactNode {
  const translate = useTranslate()
  const lookOutside = useSotto((state) => state.lookOutside)
  const [text, setText] = useState('')
  const source = text.trim()
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (source !== '' && !busy) void lookOutside(source)
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label={translate('models.outside.field')}
        value={text}
        onChange={setText}
        placeholder={translate('models.outside.placeholder')}
        description={translate('models.outside.why')}
      />
      <Button type="submit" isDisabled={source === '' || busy}>
        {translate('models.outside.look')}
      </Button>
    </form>
  )
}

function Files({ repository, files }: { repository: string; files: readonly RepositoryModel[] }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const ordered = files.toSorted((a, b) => Number(b.preferred) - Number(a.preferred))
  const usable = ordered.filter(({ leftOut }) => leftOut === null)
  const [first, rest] = [usable.slice(0, shownFiles), usable.slice(shownFiles)]
  const useless = ordered.filter(({ leftOut }) => leftOut !== null)
  const row = (file: RepositoryModel) => (
    <li key={file.file}>
      <OutsideFile
        name={file.quantisation ?? file.file}
        size={file.bytes}
        source={`${repository}/${file.file}`}
        verdict={file.verdict}
        preferred={file.preferred}
      />
    </li>
  )
  if (files.length === 0) return <p>{translate('models.outside.none', { name: repository })}</p>
  return (
    <>
      <ul aria-label={repository} className={styles.rows}>
        {first.map(row)}
      </ul>
      {rest.length > 0 && (
        <details className={styles.more}>
          <summary>{translate('models.outside.more', { count: rest.length })}</summary>
          <ul className={styles.rows}>{rest.map(row)}</ul>
        </details>
      )}
      {useless.length > 0 && (
        <details className={styles.more}>
          <summary>{translate('models.outside.leftOut', { count: useless.length })}</summary>
          <ul className={styles.rows}>
            {useless.map(({ file, bytes, leftOut }) => (
              <li key={file}>
                {`${file} · ${formatBytes(bytes, language)} · ${translate(`models.leftOut.${leftOut ?? 'not-gguf'}`)}`}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
