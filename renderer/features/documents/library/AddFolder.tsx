// The question for a folder: its path, because a browser tells a page of no folder where it lies.
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { AddQuestion } from '../../../state/library/libraryFolders.ts'
import { useSotto } from '../../../state/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { FailureNote } from '../../../ui/FailureNote.tsx'
import { pathFrom } from '../../../ui/pastedPath.ts'
import { TextField } from '../../../ui/TextField.tsx'
import { useTranslate } from '../../../ui/text.ts'
import styles from './AddFolder.module.css'

function Form({ question }: { readonly question: AddQuestion }): ReactNode {
  const translate = useTranslate()
  const addToLibrary = useSotto((state) => state.addToLibrary)
  const leave = useSotto((state) => state.leaveAddQuestion)
  const windows = useSotto((state) => state.info?.platform.startsWith('win32') === true)
  const [text, setText] = useState('')
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])
  const path = pathFrom(text)
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (path !== '' && !question.busy) void addToLibrary(path)
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <p>
        {question.name === null
          ? translate('library.add.text')
          : translate('library.add.dropped', { name: question.name })}
      </p>
      <TextField
        label={translate('library.add.field')}
        value={text}
        onChange={setText}
        inputRef={input}
        placeholder={translate(windows ? 'library.add.placeholderWindows' : 'library.add.placeholder')}
        description={translate(window.sotto.pathOf === undefined ? 'library.add.how' : 'library.add.howDrop')}
      />
      {question.failure !== null && <FailureNote failure={question.failure} />}
      <div className={styles.actions}>
        <Button onPress={leave}>{translate('shell.actions.cancel')}</Button>
        <Button type="submit" tone="filled" isDisabled={path === '' || question.busy}>
          {translate('library.add.add')}
        </Button>
      </div>
    </form>
  )
}

/** Open while a folder is asked for. */
export function AddFolder(): ReactNode {
  const translate = useTranslate()
  const question = useSotto((state) => state.addQuestion)
  const leave = useSotto((state) => state.leaveAddQuestion)
  if (question === null) return null
  return (
    <Dialog title={translate('library.add.title')} closeLabel={translate('shell.actions.close')} open onClose={leave}>
      <Form question={question} />
    </Dialog>
  )
}
