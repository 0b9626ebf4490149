// Models that could be here: the best for this computer first, further ones and those that do not fit folded away.
import type { ReactNode } from 'react'
import type { CatalogueModel } from '#contract/model.ts'
import { useSotto } from '../../state/store.ts'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { OutsideMark } from '../../ui/OutsideMark.tsx'
import { useTranslate } from '../../ui/text.ts'
import { CatalogueCard } from './CatalogueCard.tsx'
import { catalogueOrder } from './catalogueOrder.ts'
import styles from './Section.module.css'

/** The catalogue with a verdict for each. */
export function Catalogue(): ReactNode {
  const translate = useTranslate()
  const catalogue = useSotto((state) => state.catalogue)
  const failure = useSotto((state) => (state.supplyFailure?.source === '' ? state.supplyFailure.failure : null))
  const localOnly = useSotto((state) => state.settings.localOnly?.value === true)
  const { suited, further, unsuited } = catalogueOrder(catalogue)
  return (
    <section aria-labelledby="models-catalogue" className={styles.section}>
      <h2 id="models-catalogue" className={styles.title}>
        {translate('models.catalogue.title')}
      </h2>
      <p className={styles.outside}>
        <OutsideMark label={translate('models.catalogue.outside')} />
        <span>{translate(`models.catalogue.${localOnly ? 'closed' : 'lead'}`)}</span>
      </p>
      <Source />
      {failure !== null && <FailureNote failure={failure} />}
      {catalogue.length === 0 && failure === null && (
        <p role="status" className={styles.text}>
          {translate('models.catalogue.judging')}
        </p>
      )}
      <Cards models={suited} />
      <Folded name="further" models={further} />
      <Folded name="unsuited" models={unsuited} />
    </section>
  )
}

/** Said only where the list is not the one that came with the app, or where a newer one was refused. */
function Source(): ReactNode {
  const translate = useTranslate()
  const state = useSotto((slices) => slices.catalogueState)
  if (state === null) return null
  return (
    <>
      {state.source !== 'built-in' && (
        <p className={styles.text}>
          {translate(`models.catalogue.source.${state.source}`, { version: state.version })}
        </p>
      )}
      {state.refused !== null && <FailureNote failure={state.refused} />}
    </>
  )
}

/** More cards on demand; nothing where there are none. */
function Folded({ name, models }: { readonly name: string; readonly models: readonly CatalogueModel[] }): ReactNode {
  const translate = useTranslate()
  if (models.length === 0) return null
  return (
    <details className={styles.more} data-folded={name}>
      <summary>{translate(`models.catalogue.${name}`, { count: models.length })}</summary>
      <Cards models={models} />
    </details>
  )
}

function Cards({ models }: { readonly models: readonly CatalogueModel[] }): ReactNode {
  return (
    <ul className={styles.rows}>
      {models.map((model) => (
        <li key={model.id}>
          <CatalogueCard model={model} />
        </li>
      ))}
    </ul>
  )
}
