// A conversation with nothing in it: what the present model can honestly do, and three ways to begin.
import { type ReactNode, useEffect } from 'react'
import { Button } from 'react-aria-components'
import { likelyModel } from '../../state/likelyModel.ts'
import { useSotto } from '../../state/store.ts'
import { useTranslate } from '../../ui/text.ts'
import styles from './EmptyChat.module.css'

type Starter = { readonly name: string; readonly run: () => void }

/** `onChosen` runs when a starter has put something into the composer. */
export function EmptyChat({ onChosen }: { readonly onChosen: () => void }): ReactNode {
  const translate = useTranslate()
  const model = useSotto(likelyModel)
  const starters = useStarters(model?.summaryMode ?? null, onChosen)
  const kind = model === null ? 'none' : model.summaryMode
  return (
    <div className={styles.empty}>
      <h1 className={styles.title}>{translate(`chat.empty.${kind}Title`)}</h1>
      <p className={styles.text}>{translate(`chat.empty.${kind}`, { name: model?.name ?? '' })}</p>
      <ul className={styles.starters}>
        {starters.map(({ name, run }) => (
          <li key={name}>
            <Button className={styles.starter ?? ''} onPress={run}>
              {translate(`chat.empty.starters.${name}`)}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function useStarters(mode: 'free' | 'extractive' | null, onChosen: () => void): readonly Starter[] {
  const translate = useTranslate()
  const newest = useSotto((state) => state.documents[0])
  const sample = useSotto((state) => state.samples[0])
  const refreshSamples = useSotto((state) => state.refreshSamples)
  const attachDocument = useSotto((state) => state.attachDocument)
  const attachSample = useSotto((state) => state.attachSample)
  const changeDraft = useSotto((state) => state.changeDraft)
  const navigate = useSotto((state) => state.navigate)
  useEffect(() => {
    void refreshSamples()
  }, [refreshSamples])
  function write(name: string): Starter {
    return {
      name,
      run: () => {
        changeDraft(translate(`chat.empty.starters.${name}Text`))
        onChosen()
      },
    }
  }
  const models: Starter = { name: 'models', run: () => navigate('models') }
  const documents: Starter = { name: 'summarize', run: () => navigate('documents') }
  if (mode === null) return [models, documents]
  const trySample: readonly Starter[] =
    sample === undefined
      ? []
      : [
          {
            name: 'sample',
            run: () => {
              void attachSample(sample)
              changeDraft(translate('chat.empty.starters.sampleText'))
              onChosen()
            },
          },
        ]
  if (mode === 'extractive') return [documents, ...trySample, models]
  const ask: Starter = {
    name: 'document',
    run: () => {
      if (newest !== undefined) attachDocument(newest.id)
      else if (sample !== undefined) void attachSample(sample)
      onChosen()
    },
  }
  return [ask, write('explain'), write('reply')]
}
