// The doctor's report in plain sentences: what is in order, what is worth knowing, what needs attention.
import { CircleAlert, CircleCheck, Info } from 'lucide-react'
import type { ReactNode } from 'react'
import type { DoctorCheck } from '#contract/system.ts'
import { failureValues, valuesInWords } from '../../../preload/failureValues.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { type Language, type Translate, useLanguage, useTranslate } from '../../ui/text.ts'
import styles from './Doctor.module.css'
import { Row } from './Section.tsx'

/** A run on demand, and its report. */
export function Doctor(): ReactNode {
  const translate = useTranslate()
  const report = useSotto((state) => state.doctor)
  const runDoctor = useSotto((state) => state.runDoctor)
  const stopDoctor = useSotto((state) => state.stopDoctor)
  const running = report.state === 'running'
  return (
    <Row
      label={translate('settings.doctor.label')}
      about={translate('settings.doctor.about')}
      below={
        <div role="status">
          {running && <ProgressBar value={null} label={translate('settings.doctor.running')} />}
          {report.state === 'failed' && <FailureNote failure={report.failure} />}
          {report.state === 'done' && <Report checks={report.checks} stopped={report.stopped} />}
        </div>
      }
    >
      {running ? (
        <Button onPress={stopDoctor}>{translate('shell.actions.stop')}</Button>
      ) : (
        <Button onPress={() => void runDoctor()}>
          {translate(report.state === 'none' ? 'settings.doctor.run' : 'settings.doctor.again')}
        </Button>
      )}
    </Row>
  )
}

type ReportProps = { readonly checks: readonly DoctorCheck[]; readonly stopped: boolean }

function Report({ checks, stopped }: ReportProps): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const problems = checks.filter(({ state }) => state === 'problem').length
  const notes = checks.some(({ state }) => state === 'note')
  return (
    <div className={styles.report}>
      <p className={styles.verdict}>
        {stopped
          ? translate('settings.doctor.stopped')
          : problems > 0
            ? translate('settings.doctor.problems', { count: problems })
            : translate(`settings.doctor.${notes ? 'notes' : 'well'}`)}
      </p>
      <ul className={styles.checks}>
        {checks.map((check) => (
          <li key={check.id} className={styles.check} data-state={check.state}>
            <span role="img" aria-label={translate(`settings.doctor.state.${check.state}`)} className={styles.icon}>
              {icons[check.state]}
            </span>
            <span className={styles.name}>{translate(`doctor.${check.id}.name`)}</span>
            <span className={styles.sentence}>{sentence(check, translate, language)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

const icons: Readonly<Record<DoctorCheck['state'], ReactNode>> = {
  ok: <CircleCheck aria-hidden />,
  note: <Info aria-hidden />,
  problem: <CircleAlert aria-hidden />,
}

/** What was found; for a failure also what to do. */
function sentence({ id, state, details, failure }: DoctorCheck, translate: Translate, language: Language): string {
  if (failure === null) return translate(`doctor.${id}.${state}`, valuesInWords(details, language))
  const values = failureValues(failure, language)
  const said = [`failures.${failure.code}.message`, `failures.${failure.code}.nextStep`]
  return said.map((key) => translate(key, values).trim()).join(' ')
}
