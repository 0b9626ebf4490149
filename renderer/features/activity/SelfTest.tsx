// Trying every way out: a press, and each attempt shown with the code it was refused with.
import type { SelfTestWay } from '#contract/cloud.ts'
import { CircleAlert, CircleCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './SelfTest.module.css'

/** The test without content and to no real host; what was tried stands in the ledger as well. */
export function SelfTest(): ReactNode {
  const translate = useTranslate()
  const test = useSotto((state) => state.selfTest)
  const run = useSotto((state) => state.runSelfTest)
  const running = test.state === 'running'
  return (
    <section aria-labelledby="self-test" className={styles.test}>
      <h2 id="self-test" className={styles.title}>
        {translate('activity.selfTest.title')}
      </h2>
      <p className={styles.about}>{translate('activity.selfTest.about')}</p>
      <Button size="small" isDisabled={running} onPress={() => void run()}>
        {translate(running ? 'activity.selfTest.running' : 'activity.selfTest.run')}
      </Button>
      <div role="status">{test.state === 'done' && <Found ways={test.ways} />}</div>
      {test.state === 'failed' && <FailureNote failure={test.failure} />}
    </section>
  )
}

function Found({ ways }: { readonly ways: readonly SelfTestWay[] }): ReactNode {
  const translate = useTranslate()
  const out = ways.filter(({ outcome }) => outcome === 'got-out').length
  return (
    <>
      <p className={out === 0 ? styles.well : styles.ill}>
        {out === 0
          ? translate('activity.selfTest.well', { count: ways.length })
          : translate('activity.selfTest.ill', { count: out })}
      </p>
      <ul className={styles.ways}>
        {ways.map(({ way, outcome, code }) => (
          <li key={way} className={styles.way} data-outcome={outcome}>
            <span role="img" aria-label={translate(`activity.selfTest.outcome.${outcome}`)} className={styles.icon}>
              {outcome === 'refused' ? <CircleCheck aria-hidden /> : <CircleAlert aria-hidden />}
            </span>
            <span className={styles.name}>{translate(`activity.selfTest.way.${way}`)}</span>
            <code className={styles.code}>{code}</code>
          </li>
        ))}
      </ul>
    </>
  )
}
