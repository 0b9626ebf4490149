// The one search field of the library, and what narrows it: a format, and an age or what became of the files.
import type { DocumentFormat } from '#contract/document.ts'
import type { LibraryFileState, LibraryFolder } from '#contract/library.ts'
import { type ReactNode, useEffect, useRef } from 'react'
import { useSotto } from '../../../state/store.ts'
import { Select } from '../../../ui/Select.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { useTranslate } from '../../../ui/text.ts'
import styles from './LibrarySearchBar.module.css'
import { ages, formats } from './libraryWords.ts'

const states: readonly LibraryFileState[] = [
  'ready',
  'waiting',
  'changed',
  'duplicate',
  'failed',
  'missing',
  'excluded',
]

function FormatChoice(): ReactNode {
  const translate = useTranslate()
  const format = useSotto((state) => state.librarySearch.format)
  const searchLibrary = useSotto((state) => state.searchLibrary)
  const any = { value: 'any' as const, label: translate('library.search.anyFormat') }
  return (
    <Select<DocumentFormat | 'any'>
      label={translate('library.search.format')}
      labelHidden
      value={format ?? 'any'}
      options={[any, ...formats.map((value) => ({ value, label: translate(`documents.format.${value}`) }))]}
      onChange={(value) => searchLibrary({ format: value === 'any' ? null : value })}
    />
  )
}

function AgeChoice(): ReactNode {
  const translate = useTranslate()
  const age = useSotto((state) => state.librarySearch.age)
  const searchLibrary = useSotto((state) => state.searchLibrary)
  return (
    <Select
      label={translate('library.search.age')}
      labelHidden
      value={String(age ?? 'any')}
      options={ages.map((each) => ({
        value: String(each ?? 'any'),
        label: translate(`library.search.age${each ?? 'Any'}`),
      }))}
      onChange={(value) => searchLibrary({ age: ages.find((each) => String(each) === value) ?? null })}
    />
  )
}

type StateChoiceProps = {
  readonly state: LibraryFileState | null
  readonly onState: (state: LibraryFileState | null) => void
}

function StateChoice({ state, onState }: StateChoiceProps): ReactNode {
  const translate = useTranslate()
  const any = { value: 'any' as const, label: translate('library.state.any') }
  return (
    <Select<LibraryFileState | 'any'>
      label={translate('library.state.label')}
      labelHidden
      value={state ?? 'any'}
      options={[any, ...states.map((value) => ({ value, label: translate(`library.state.${value}`) }))]}
      onChange={(value) => onState(value === 'any' ? null : value)}
    />
  )
}

/** Takes the focus whenever somebody wished to search. */
export function LibrarySearchBar({
  folder,
  ...choice
}: StateChoiceProps & { readonly folder: LibraryFolder | undefined }): ReactNode {
  const translate = useTranslate()
  const query = useSotto((state) => state.librarySearch.query)
  const searchLibrary = useSotto((state) => state.searchLibrary)
  const wish = useSotto((state) => state.searchWish)
  const heard = useRef(0)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (wish === heard.current) return
    heard.current = wish
    input.current?.focus()
    input.current?.select()
  }, [wish])
  const label =
    folder === undefined ? translate('library.search.label') : translate('library.search.within', { name: folder.name })
  return (
    <search className={styles.bar}>
      <div className={styles.field}>
        <TextField
          label={label}
          labelHidden
          type="search"
          value={query}
          onChange={(text) => searchLibrary({ query: text })}
          placeholder={label}
          inputRef={input}
        />
      </div>
      <FormatChoice />
      {query.trim() === '' ? <StateChoice {...choice} /> : <AgeChoice />}
    </search>
  )
}
