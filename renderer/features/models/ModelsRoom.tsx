// The Models room: what runs, what could, how to add one, and what the graphics card does.
import { type ReactNode, useEffect } from 'react'
import { useSotto } from '../../state/store.ts'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { RoomPage } from '../../ui/RoomPage.tsx'
import { useTranslate } from '../../ui/text.ts'
import { AddModel } from './AddModel.tsx'
import { EnginePanel } from './EnginePanel.tsx'
import { GpuPanel } from './GpuPanel.tsx'
import { ModelCard } from './ModelCard.tsx'
import styles from './ModelsRoom.module.css'

/** Cards at the left, the engine and the graphics card at the right; below each other where it is narrow. */
export function ModelsRoom(): ReactNode {
  const translate = useTranslate()
  const refreshModels = useSotto((state) => state.refreshModels)
  const connected = useSotto((state) => state.connection === 'open')
  useEffect(() => {
    if (connected) void refreshModels()
  }, [connected, refreshModels])
  return (
    <RoomPage title={translate('shell.rail.models')} lead={translate('models.lead')} width="wide">
      <div className={styles.columns}>
        <div className={styles.side}>
          <EnginePanel />
          <GpuPanel />
        </div>
        <div className={styles.main}>
          <Installed />
          <AddModel />
        </div>
      </div>
    </RoomPage>
  )
}

function Installed(): ReactNode {
  const translate = useTranslate()
  const models = useSotto((state) => state.models)
  const failure = useSotto((state) => state.modelFailure)
  return (
    <section aria-labelledby="models-installed" className={styles.section}>
      <h2 id="models-installed" className={styles.title}>
        {translate('models.list.title')}
      </h2>
      {failure !== null && <FailureNote failure={failure} />}
      <ul className={styles.cards}>
        {models.map((model) => (
          <li key={model.id} className={styles.card}>
            <ModelCard model={model} />
          </li>
        ))}
      </ul>
    </section>
  )
}
