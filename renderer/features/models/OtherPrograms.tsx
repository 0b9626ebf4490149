// Models that other programs have already downloaded: found on request, linked where they are, never touched.
import type { ReactNode } from 'react'
import type { FoundModel, ModelPeer, SearchedFolder } from '#contract/modelSupply.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { formatBytes } from '../../ui/format.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import styles from './OtherPrograms.module.css'
import section from './Section.module.css'

/** The button that looks, and what was found by program. */
export function OtherPrograms(): ReactNode {
  const translate = useTranslate()
  const scan = useSotto((state) => state.programScan)
  const scanPrograms = useSotto((state) => state.scanPrograms)
  return (
    <section aria-labelledby="models-programs" className={section.section}>
      <h2 id="models-programs" className={section.title}>
        {translate('models.programs.title')}
      </h2>
      <p className={section.text}>{translate('models.programs.text')}</p>
      <div role="status">
        {scan.state === 'looking' && <ProgressBar value={null} label={translate('models.programs.looking')} />}
        {scan.state === 'found' && scan.models.length === 0 && <p>{translate('models.programs.none')}</p>}
      </div>
      {scan.state === 'failed' && <FailureNote failure={scan.failure} />}
      {scan.state === 'found' && <Found folders={scan.folders} models={scan.models} />}
      {scan.state !== 'looking' && (
        <div>
          <Button size="small" onPress={() => void scanPrograms()}>
            {translate(`models.programs.${scan.state === 'none' ? 'look' : 'lookAgain'}`)}
          </Button>
        </div>
      )}
    </section>
  )
}

function Found({ folders, models }: { folders: readonly SearchedFolder[]; models: readonly FoundModel[] }): ReactNode {
  const translate = useTranslate()
  const peers = [...new Set<ModelPeer>([...folders.map(({ peer }) => peer), ...models.map(({ peer }) => peer)])]
  return peers.map((peer) => {
    const here = models.filter((model) => model.peer === peer)
    const trouble = folders.filter((folder) => folder.peer === peer && folder.state !== 'read')
    if (here.length === 0 && trouble.length === 0) return null
    return (
      <div key={peer} className={styles.program}>
        <h3 className={styles.name}>{translate(`models.programs.name.${peer}`)}</h3>
        {trouble.map(({ path, state }) => (
          <p key={path} className={styles.quiet}>
            {translate(`models.programs.folder.${state}`, { path })}
          </p>
        ))}
        <ul className={styles.models}>
          {here.map((model) => (
            <Row key={model.path} model={model} />
          ))}
        </ul>
      </div>
    )
  })
}

function Row({ model }: { readonly model: FoundModel }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const importModel = useSotto((state) => state.importModel)
  const busy = useSotto((state) => state.modelImport.state === 'checking')
  const linked = useSotto((state) => model.modelId !== null || state.models.some(({ path }) => path === model.path))
  const { name, bytes, leftOut, path } = model
  return (
    <li className={styles.model}>
      <p className={styles.words}>
        <span className={styles.title}>{name}</span>
        <span className={styles.quiet}>
          {leftOut === null
            ? formatBytes(bytes, language)
            : `${formatBytes(bytes, language)} · ${translate(`models.leftOut.${leftOut}`)}`}
        </span>
      </p>
      {leftOut === null && linked && <span className={styles.quiet}>{translate('models.programs.linked')}</span>}
      {leftOut === null && !linked && (
        <Button
          size="small"
          isDisabled={busy}
          aria-label={translate('models.programs.linkNamed', { name })}
          onPress={() => void importModel(path, name)}
        >
          {translate('models.programs.link')}
        </Button>
      )}
    </li>
  )
}
