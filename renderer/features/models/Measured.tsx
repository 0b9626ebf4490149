// This computer, measured: a bar for each model's speed, what it keeps of a text, and the memory it takes.
import type { ReactNode } from 'react'
import type { ModelRecord } from '#contract/model.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { formatBytes, formatMoment } from '../../ui/format.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import styles from './Measured.module.css'
import { type SpeedBar, speedBars } from './measuredChart.ts'
import { measuredFigures } from './measuredWords.ts'
import section from './Section.module.css'

/** The chart and, for each model that can be used, the button that measures it. */
export function Measured(): ReactNode {
  const translate = useTranslate()
  const measurements = useSotto((state) => state.measurements)
  const models = useSotto((state) => state.models)
  const bars = speedBars(measurements)
  const unmeasured = models.filter(
    ({ id, chatWrapper }) => chatWrapper !== 'needs-permission' && !measurements.some(({ modelId }) => modelId === id),
  )
  if (models.length === 0) return null
  return (
    <section aria-labelledby="models-measured" className={section.section}>
      <h2 id="models-measured" className={section.title}>
        {translate('models.measured.title')}
      </h2>
      <p className={section.text}>{translate('models.measured.text')}</p>
      <Running />
      {bars.length > 0 && (
        <ul className={styles.bars}>
          {bars.map((bar) => (
            <Bar key={bar.measurement.modelId} bar={bar} />
          ))}
        </ul>
      )}
      {unmeasured.map((model) => (
        <Unmeasured key={model.id} model={model} />
      ))}
    </section>
  )
}

function Bar({ bar }: { readonly bar: SpeedBar }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const { measurement, share, kept } = bar
  const { modelId, modelName, memoryBytes, measuredAt, current } = measurement
  const figures = measuredFigures(measurement, translate, language)
  return (
    <li className={styles.model} data-current={current}>
      <div className={styles.head}>
        <h3 className={styles.name}>{modelName}</h3>
        <MeasureButton modelId={modelId} name={modelName} again />
      </div>
      <p className={styles.figure}>{figures.speed}</p>
      {share !== null && <progress className={styles.speed} value={share} max={100} aria-hidden />}
      <p className={styles.figure}>{figures.quality}</p>
      {kept !== null && <progress className={styles.kept} value={kept} max={100} aria-hidden />}
      <p className={styles.quiet}>
        {[
          memoryBytes === null
            ? translate('models.measured.memoryUnknown')
            : translate('models.measured.memory', { amount: formatBytes(memoryBytes, language) }),
          figures.place,
          formatMoment(new Date(measuredAt), language),
          ...(current ? [] : [translate('models.measured.outdated')]),
        ].join(' · ')}
      </p>
    </li>
  )
}

function Unmeasured({ model }: { readonly model: ModelRecord }): ReactNode {
  const translate = useTranslate()
  return (
    <div className={styles.head}>
      <p>{translate('models.measured.notYet', { name: model.name })}</p>
      <MeasureButton modelId={model.id} name={model.name} again={false} />
    </div>
  )
}

function MeasureButton({ modelId, name, again }: { modelId: string; name: string; again: boolean }): ReactNode {
  const translate = useTranslate()
  const measureModel = useSotto((state) => state.measureModel)
  const busy = useSotto((state) => state.measuring.state === 'running')
  return (
    <Button
      size="small"
      isDisabled={busy}
      aria-label={translate(`models.measured.${again ? 'againNamed' : 'measureNamed'}`, { name })}
      onPress={() => void measureModel(modelId)}
    >
      {translate(again ? 'models.measured.again' : 'models.measured.measure')}
    </Button>
  )
}

function Running(): ReactNode {
  const translate = useTranslate()
  const measuring = useSotto((state) => state.measuring)
  const stopMeasuring = useSotto((state) => state.stopMeasuring)
  switch (measuring.state) {
    case 'none':
      return null
    case 'stopped':
      return <p role="status">{translate('models.measured.stopped')}</p>
    case 'failed':
      return <FailureNote failure={measuring.failure} />
    case 'running': {
      const { progress } = measuring
      const known = progress !== null && progress.total > 0
      return (
        <div className={styles.running}>
          <ProgressBar
            value={known ? progress.done / progress.total : null}
            label={translate(`models.measured.stage.${progress?.stage ?? 'loading'}`)}
          />
          <Button size="small" onPress={stopMeasuring}>
            {translate('shell.actions.stop')}
          </Button>
        </div>
      )
    }
  }
}
