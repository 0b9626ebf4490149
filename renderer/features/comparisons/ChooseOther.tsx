// What to compare with: an earlier comparison, a known document, the same name first, or a file.
import type { Comparison } from '#contract/comparison.ts'
import type { DocumentRecord } from '#contract/document.ts'
import { type ReactNode, useMemo } from 'react'
import { visibleText } from '../../markdown/visibleText.ts'
import { pickFiles } from '../../state/documents/pickFiles.ts'
import type { ComparisonView } from '../../state/comparisonsSlice.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { formatDay } from '../../ui/format.ts'
import { Select } from '../../ui/Select.tsx'
import { type Language, useLanguage, useTranslate, type Translate } from '../../ui/text.ts'
import styles from './CompareDocument.module.css'
import { otherDocuments } from './otherDocuments.ts'

type Props = { readonly document: DocumentRecord; readonly view: ComparisonView }

type Option = { readonly value: string; readonly label: string; readonly note?: string }

/** Comparisons that are kept, newest first, then documents to compare with. */
function optionsOf(
  document: DocumentRecord,
  others: readonly DocumentRecord[],
  kept: readonly Comparison[],
  translate: Translate,
  language: Language,
): readonly Option[] {
  const day = (iso: string) => formatDay(new Date(iso), new Date(), language)
  return [
    ...kept.map(({ id, before, after, createdAt }) => ({
      value: `kept ${id}`,
      label: visibleText(`${before.name} → ${after.name}`),
      note: translate('comparisons.keptNote', { day: day(createdAt) }),
    })),
    ...others.map(({ id, name, addedAt }) => ({
      value: `new ${id}`,
      label: visibleText(name),
      note: translate(name === document.name ? 'comparisons.sameName' : 'comparisons.addedNote', { day: day(addedAt) }),
    })),
  ]
}

/** The choice at the top of the view. The document that came in first is taken for the older version. */
export function ChooseOther({ document, view }: Props): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const documents = useSotto((state) => state.documents)
  const compare = useSotto((state) => state.compareDocuments)
  const open = useSotto((state) => state.openComparison)
  const withFile = useSotto((state) => state.compareWithFile)
  const others = useMemo(() => otherDocuments(document, documents), [document, documents])
  const options = optionsOf(document, others, view.list, translate, language)
  function choose(value: string): void {
    const kept = view.list.find(({ id }) => value === `kept ${id}`)
    if (kept !== undefined) return void open(document.id, kept)
    const other = others.find(({ id }) => value === `new ${id}`)
    if (other === undefined) return
    const [older, newer] = other.addedAt <= document.addedAt ? [other, document] : [document, other]
    void compare(document.id, older.id, newer.id)
  }
  const chosen = view.open === null ? '' : `kept ${view.open.id}`
  return (
    <div className={styles.choose}>
      {view.list.length === 0 && (
        <div className={styles.empty}>
          <h2 className={styles.title}>{translate('comparisons.empty.title')}</h2>
          <p className={styles.note}>{translate('comparisons.empty.text')}</p>
        </div>
      )}
      <div className={styles.row}>
        {options.length > 0 && (
          <Select
            label={translate('comparisons.with')}
            value={chosen}
            options={chosen === '' ? [{ value: '', label: translate('comparisons.pick') }, ...options] : options}
            onChange={choose}
            disabled={view.running !== null}
          />
        )}
        <Button
          isDisabled={view.running !== null}
          onPress={() =>
            pickFiles(([file]) => {
              if (file !== undefined) void withFile(document.id, { kind: 'file', name: file.name, content: file })
            })
          }
        >
          {translate('comparisons.file')}
        </Button>
      </div>
    </div>
  )
}
