// The documents opened last as rows: one is opened, or several are chosen.
import type { DocumentRecord } from '#contract/document.ts'
import { Check } from 'lucide-react'
import type { MouseEvent, ReactNode } from 'react'
import { ListBox, ListBoxItem, ListLayout, type Selection, Virtualizer } from 'react-aria-components'
import { useSotto } from '../../../state/store.ts'
import { formatDay } from '../../../ui/format.ts'
import column from '../../../ui/listColumn.module.css'
import { useLanguage, useTranslate } from '../../../ui/text.ts'
import { lengthOf, nameOf } from '../documentWords.ts'
import styles from './DocumentRows.module.css'

const rowHeight = 74

function DocumentRow({ document }: { readonly document: DocumentRecord }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const phase = useSotto((state) => state.summaryRuns[document.id]?.phase)
  return (
    <>
      <span className={styles.title}>{nameOf(document)}</span>
      {document.title !== null && <span className={styles.name}>{document.name}</span>}
      <span className={styles.meta}>
        <span className={styles.length}>
          {phase !== 'working' && `${translate(`documents.format.${document.format}`)} · `}
          {lengthOf(document, translate, language)}
        </span>
        {phase === 'working' ? (
          <span className={styles.running}>{translate('documents.list.running')}</span>
        ) : (
          <span>{formatDay(new Date(document.openedAt), new Date(), language)}</span>
        )}
      </span>
    </>
  )
}

/** The row an event is in. */
function rowOf({ target }: { readonly target: EventTarget }): string | null {
  return target instanceof Element ? (target.closest('[data-key]')?.getAttribute('data-key') ?? null) : null
}

/** A press with Ctrl, Cmd or Shift begins a choice, as in any list of files. */
function useModifiedPress() {
  const choosing = useSotto((state) => state.chosenDocuments !== null)
  const chooseBeside = useSotto((state) => state.chooseBeside)
  function modified(event: MouseEvent): string | null {
    return choosing || !(event.ctrlKey || event.metaKey || event.shiftKey) ? null : rowOf(event)
  }
  return {
    // The list would open the document on the way up, so it does not hear of it.
    onPointerDownCapture: (event: MouseEvent) => void (modified(event) !== null && event.stopPropagation()),
    onMouseDownCapture: (event: MouseEvent) => void (modified(event) !== null && event.stopPropagation()),
    onClickCapture(event: MouseEvent) {
      const pressed = modified(event)
      if (pressed === null) return
      event.preventDefault()
      event.stopPropagation()
      chooseBeside(pressed, event.shiftKey)
    },
  }
}

/** Arrow keys move, Enter opens; while documents are chosen, Space and Enter take one in or leave it out. */
export function DocumentRows({ documents }: { readonly documents: readonly DocumentRecord[] }): ReactNode {
  const translate = useTranslate()
  const navigate = useSotto((state) => state.navigate)
  const open = useSotto((state) => state.route.id)
  const chosen = useSotto((state) => state.chosenDocuments)
  const chooseDocuments = useSotto((state) => state.chooseDocuments)
  const press = useModifiedPress()
  function select(keys: Selection): void {
    const ids = keys === 'all' ? documents.map(({ id }) => id) : [...keys].map(String)
    if (chosen !== null) return chooseDocuments(ids)
    const [id] = ids
    if (id !== undefined) navigate('documents', id)
  }
  return (
    <div className={styles.rows} data-choosing={chosen !== null} {...press}>
      <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight, padding: 8, gap: 2 }}>
        <ListBox
          aria-label={translate(chosen === null ? 'documents.list.label' : 'documents.choose.beginWhy')}
          items={documents}
          selectionMode={chosen === null ? 'single' : 'multiple'}
          selectedKeys={chosen ?? (open === null ? [] : [open])}
          onSelectionChange={select}
          escapeKeyBehavior="none"
          className={column.rows ?? ''}
          renderEmptyState={() => <p className={styles.nothing}>{translate('documents.list.nothing')}</p>}
        >
          {(document) => (
            <ListBoxItem id={document.id} textValue={nameOf(document)} className={styles.row ?? ''}>
              <span aria-hidden className={styles.box}>
                <Check />
              </span>
              <DocumentRow document={document} />
            </ListBoxItem>
          )}
        </ListBox>
      </Virtualizer>
    </div>
  )
}
