// What the engine does now, in words: asleep, loading, ready and where, or failed and why.
import type { ReactNode } from 'react'
import type { EngineState } from '#contract/model.ts'
import { likelyModel } from '../../state/likelyModel.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { useTranslate } from '../../ui/text.ts'
import { Panel } from './Panel.tsx'
import styles from './Panel.module.css'
import { placeWords } from './placeWords.ts'

/** The state of the engine, with the one button that fits it. */
export function EnginePanel(): ReactNode {
  const translate = useTranslate()
  const engine = useSotto((state) => state.engine)
  return (
    <Panel title={translate('models.engine.title')}>
      <div role="status" className={styles.body}>
        <Words engine={engine} />
      </div>
    </Panel>
  )
}

function Words({ engine }: { readonly engine: EngineState }): ReactNode {
  const translate = useTranslate()
  const model = useSotto(likelyModel)
  const known = useSotto((state) => state.modelsKnown)
  const loadModel = useSotto((state) => state.loadModel)
  const unloadModel = useSotto((state) => state.unloadModel)
  const name = model?.name ?? ''
  switch (engine.state) {
    case 'idle':
      if (!known) return null
      if (model === null)
        return <Said line={translate('models.engine.none')} why={translate('models.engine.noneWhy')} />
      return (
        <>
          <Said line={translate('models.engine.idle', { name })} why={translate('models.engine.idleWhy')} />
          <Button size="small" onPress={() => void loadModel()}>
            {translate('models.engine.load')}
          </Button>
        </>
      )
    case 'loading':
      return (
        <>
          <ProgressBar
            value={engine.progress}
            label={translate('models.engine.loading', { name, percent: Math.round(engine.progress * 100) })}
          />
          <Button size="small" onPress={() => void unloadModel()}>
            {translate('shell.actions.stop')}
          </Button>
        </>
      )
    case 'ready':
      return (
        <>
          <Said line={translate('models.engine.ready', { name })} why={placeWords(engine, translate)} />
          <Button size="small" onPress={() => void unloadModel()}>
            {translate('models.engine.unload')}
          </Button>
        </>
      )
    case 'failed':
      return (
        <>
          <Said line={translate('models.engine.failed')} />
          <FailureNote
            failure={engine.failure}
            action={
              <Button size="small" onPress={() => void loadModel()}>
                {translate('models.engine.retry')}
              </Button>
            }
          />
        </>
      )
  }
}

function Said({ line, why }: { readonly line: string; readonly why?: string }): ReactNode {
  return (
    <div>
      <p className={styles.line}>{line}</p>
      {why !== undefined && <p className={styles.why}>{why}</p>}
    </div>
  )
}
