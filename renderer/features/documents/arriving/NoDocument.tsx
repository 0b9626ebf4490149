// The room without an open document: a place to drop one, and a sample to begin with.
import { FileDown, FileText } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { useSotto } from '../../../state/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { FailureNote } from '../../../ui/FailureNote.tsx'
import { formatCount } from '../../../ui/format.ts'
import { useLanguage, useTranslate } from '../../../ui/text.ts'
import styles from './NoDocument.module.css'

function Samples(): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const samples = useSotto((state) => state.samples)
  const refreshSamples = useSotto((state) => state.refreshSamples)
  const addIncoming = useSotto((state) => state.addIncoming)
  useEffect(() => {
    if (samples.length === 0) void refreshSamples()
  }, [samples, refreshSamples])
  if (samples.length === 0) return null
  return (
    <div className={styles.samples}>
      <h3 className={styles.samplesTitle}>{translate('documents.empty.sample')}</h3>
      {samples.map(({ name, title, path, unit, units }) => (
        <AriaButton
          key={path}
          className={styles.sample ?? ''}
          onPress={() => void addIncoming([{ kind: 'path', name, path }])}
        >
          <FileText aria-hidden />
          <span className={styles.sampleTitle}>{title}</span>
          <span className={styles.sampleLength}>
            {translate(`documents.list.${unit}s`, { count: units, amount: formatCount(units, language) })}
          </span>
        </AriaButton>
      ))}
    </div>
  )
}

/** Where documents are dropped, picked or pasted. */
export function NoDocument(): ReactNode {
  const translate = useTranslate()
  const loaded = useSotto((state) => state.documentsLoaded)
  const failure = useSotto((state) => state.documentsFailure)
  const empty = useSotto((state) => state.documents.length === 0)
  const pickDocuments = useSotto((state) => state.pickDocuments)
  const askForFolder = useSotto((state) => state.askForFolder)
  if (!loaded) return <section className={styles.page} />
  return (
    <section className={styles.page}>
      <div className={styles.middle}>
        {failure !== null && <FailureNote failure={failure} />}
        <div className={styles.target}>
          <FileDown aria-hidden className={styles.icon} />
          <h1 className={styles.title}>{translate('documents.empty.title')}</h1>
          <p className={styles.text}>{translate(empty ? 'documents.empty.text' : 'documents.empty.choose')}</p>
          <div className={styles.buttons}>
            <Button tone="filled" onPress={pickDocuments}>
              {translate('documents.empty.pick')}
            </Button>
            <Button onPress={() => askForFolder()}>{translate('library.add.open')}</Button>
          </div>
          <p className={styles.or}>{translate('documents.empty.or')}</p>
        </div>
        {empty && <Samples />}
      </div>
    </section>
  )
}
