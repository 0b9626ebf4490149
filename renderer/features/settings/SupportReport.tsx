// A report for support: shown whole before anything is saved, and saved only by the person.
import type { ReactNode } from 'react'
import type { SupportBundle } from '#contract/machine.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { formatBytes } from '../../ui/format.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { saveFile } from '../../ui/saveFile.ts'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import { Row } from './Section.tsx'
import styles from './SupportReport.module.css'

/** The report on demand. */
export function SupportReport(): ReactNode {
  const translate = useTranslate()
  const report = useSotto((state) => state.supportReport)
  const makeSupportReport = useSotto((state) => state.makeSupportReport)
  return (
    <Row
      label={translate('settings.report.label')}
      about={translate('settings.report.about')}
      below={
        <div role="status">
          {report.state === 'making' && <ProgressBar value={null} label={translate('settings.report.making')} />}
          {report.state === 'failed' && <FailureNote failure={report.failure} />}
          {report.state === 'made' && <Made bundle={report.bundle} />}
        </div>
      }
    >
      <Button isDisabled={report.state === 'making'} onPress={() => void makeSupportReport()}>
        {translate(report.state === 'made' ? 'settings.report.again' : 'settings.report.make')}
      </Button>
    </Row>
  )
}

function Made({ bundle }: { readonly bundle: SupportBundle }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const { parts, text, bytes } = bundle
  const name = `sotto-report-${new Date().toISOString().slice(0, 10)}.json`
  return (
    <div className={styles.report}>
      <p className={styles.title}>{translate('settings.report.parts', { size: formatBytes(bytes, language) })}</p>
      <ul className={styles.parts}>
        {parts.map((part) => (
          <li key={part.name} className={styles.part}>
            <span>{translate(`settings.report.part.${part.name}`)}</span>
            <span className={styles.count}>{translate('settings.report.entries', { count: part.entries })}</span>
          </li>
        ))}
      </ul>
      <details>
        <summary className={styles.summary}>{translate('settings.report.show')}</summary>
        <pre className={styles.text} tabIndex={0} aria-label={translate('settings.report.show')}>
          {text}
        </pre>
      </details>
      <div className={styles.actions}>
        <Button onPress={() => saveFile(name, text, 'application/json')}>{translate('settings.report.save')}</Button>
        <CopyButton text={text} label={translate('settings.report.copy')} />
      </div>
    </div>
  )
}
