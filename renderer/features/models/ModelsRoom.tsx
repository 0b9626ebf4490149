// The Models room: what runs, what is on the way, what could run here, and how well this computer does it.
import { type ReactNode, useEffect, useRef } from 'react'
import { useSotto } from '../../state/store.ts'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { RoomPage } from '../../ui/RoomPage.tsx'
import { useTranslate } from '../../ui/text.ts'
import { AddModel } from './AddModel.tsx'
import { Catalogue } from './Catalogue.tsx'
import { Downloads } from './Downloads.tsx'
import { EnginePanel } from './EnginePanel.tsx'
import { GpuPanel } from './GpuPanel.tsx'
import { Measured } from './Measured.tsx'
import { ModelCard } from './ModelCard.tsx'
import styles from './ModelsRoom.module.css'
import { OtherPrograms } from './OtherPrograms.tsx'
import { OutsideModel } from './OutsideModel.tsx'
import { useModelDrop } from './useModelDrop.ts'

/** Models at the left, the engine and the graphics card at the right; below each other where it is narrow. */
export function ModelsRoom(): ReactNode {
  const translate = useTranslate()
  const refreshModels = useSotto((state) => state.refreshModels)
  const refreshSupply = useSotto((state) => state.refreshSupply)
  const refreshCatalogueQuickly = useSotto((state) => state.refreshCatalogueQuickly)
  const refreshMachine = useSotto((state) => state.refreshMachine)
  const connected = useSotto((state) => state.connection === 'open')
  // Whether nothing was judged when the room was entered.
  const unjudged = useRef(useSotto((state) => state.catalogue.length === 0))
  const dragging = useModelDrop()
  useEffect(() => {
    if (!connected) return
    // A first judgement is there at once; the exact one asks the graphics card and may take a while.
    const supply = unjudged.current ? refreshCatalogueQuickly().then(refreshSupply) : refreshSupply()
    void Promise.all([refreshModels(), supply, refreshMachine()])
  }, [connected, refreshModels, refreshSupply, refreshCatalogueQuickly, refreshMachine])
  return (
    <RoomPage title={translate('shell.rail.models')} lead={translate('models.lead')} width="wide">
      <div className={styles.columns} data-dragging={dragging}>
        <div className={styles.side}>
          <EnginePanel />
          <GpuPanel />
        </div>
        <div className={styles.main}>
          <Downloads />
          <Installed />
          <Catalogue />
          <OtherPrograms />
          <OutsideModel />
          <AddModel />
          <Measured />
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
