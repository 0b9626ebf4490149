// The sample document as a sheet of paper, and the one button of the page.
import type { ReactNode } from 'react'
import type { SampleDocument } from '#contract/document.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './SampleCard.module.css'

type SampleCardProps = { readonly sample: SampleDocument; readonly describedBy: string }

/** What the sample is, and the way into it; its button has the focus and is described by the page's sentences. */
export function SampleCard({ sample, describedBy }: SampleCardProps): ReactNode {
  const translate = useTranslate()
  const busy = useSotto((state) => state.sampleReading.state === 'reading')
  const readSample = useSotto((state) => state.readSample)
  return (
    <section aria-label={translate('firstRun.sample.label')} className={styles.card}>
      <svg viewBox="0 0 60 78" aria-hidden className={styles.sheet}>
        <path className={styles.paper} d="M1 1h44l14 14v62H1z" />
        <path className={styles.fold} d="M45 1v14h14" />
        <path className={styles.lines} d="M10 26h26M10 37h40M10 44h40M10 51h34M10 62h40M10 69h22" />
      </svg>
      <div className={styles.words}>
        <h2 className={styles.title}>{sample.title}</h2>
        <p className={styles.facts}>
          {`${translate(`firstRun.sample.${sample.unit}`, { count: sample.units })} · ${translate('firstRun.sample.from')}`}
        </p>
        <Button
          tone="filled"
          autoFocus
          aria-describedby={describedBy}
          isDisabled={busy}
          onPress={() => void readSample(sample)}
        >
          {translate(busy ? 'firstRun.sample.reading' : 'firstRun.sample.read')}
        </Button>
      </div>
    </section>
  )
}
