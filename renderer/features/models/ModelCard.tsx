// One installed model: what it is, what it can honestly do, and what can be done with it.
import { type ReactNode, useState } from 'react'
import type { ModelRecord } from '#contract/model.ts'
import { likelyModel } from '../../state/likelyModel.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import styles from './ModelCard.module.css'
import { modelFacts } from './modelFacts.ts'
import { RemoveLink } from './RemoveLink.tsx'
import { StarterAbilities } from './StarterAbilities.tsx'
import { TemplateNote } from './TemplateNote.tsx'

/** A card without a box. */
export function ModelCard({ model }: { readonly model: ModelRecord }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  return (
    <article aria-label={model.name} className={styles.card}>
      <header className={styles.head}>
        <h3 className={styles.name}>{model.name}</h3>
        {model.starter && <span className={styles.badge}>{translate('models.list.starter')}</span>}
        {model.shared && <span className={styles.badge}>{translate('models.list.shared')}</span>}
        <InUse model={model} />
      </header>
      <p className={styles.facts}>{modelFacts(model, translate, language)}</p>
      {model.starter ? <StarterAbilities /> : <p>{translate(`models.linked.${model.summaryMode}`)}</p>}
      {!model.starter && (
        <p className={styles.path}>
          <span>{translate(placeKey(model))}</span> <code>{model.path}</code>
        </p>
      )}
      {!model.starter && <TemplateNote model={model} />}
      <Actions model={model} />
    </article>
  )
}

function InUse({ model }: { readonly model: ModelRecord }): ReactNode {
  const translate = useTranslate()
  const used = useSotto((state) => likelyModel(state)?.id === model.id)
  const automatic = useSotto((state) => state.settings.modelId?.value === '')
  if (!used) return null
  return <span className={styles.inUse}>{translate(`models.list.${automatic ? 'automatic' : 'inUse'}`)}</span>
}

function Actions({ model }: { readonly model: ModelRecord }): ReactNode {
  const translate = useTranslate()
  const used = useSotto((state) => likelyModel(state)?.id === model.id)
  const locked = useSotto((state) => state.settings.modelId?.locked === true)
  const chooseModel = useSotto((state) => state.chooseModel)
  const [removing, setRemoving] = useState(false)
  const usable = !used && !locked && model.chatWrapper !== 'needs-permission'
  const removable = !model.starter && !model.shared
  if (!usable && !removable) return null
  return (
    <div className={styles.actions}>
      {usable && (
        <Button size="small" onPress={() => void chooseModel(model.id)}>
          {translate('models.list.use')}
        </Button>
      )}
      {removable && (
        <Button size="small" onPress={() => setRemoving(true)}>
          {translate(`models.list.${model.ours ? 'delete' : 'remove'}`)}
        </Button>
      )}
      <RemoveLink model={model} open={removing} onClose={() => setRemoving(false)} />
    </div>
  )
}

function placeKey({ shared, ours }: ModelRecord): string {
  if (shared) return 'models.lies.shared'
  return ours ? 'models.lies.own' : 'models.linked.where'
}
