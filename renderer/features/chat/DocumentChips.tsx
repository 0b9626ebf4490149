// Documents as chips: on a message by name, in the composer with what they cost and a way to take them off.
import { FileText, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useSotto } from '../../state/store.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { useTranslate } from '../../ui/text.ts'
import { documentName } from './chatWords.ts'
import styles from './DocumentChips.module.css'

type DocumentChipsProps = {
  readonly documentIds: readonly string[]
  /** Takes a document off; without it chips only name. */
  readonly onDetach?: (documentId: string) => void
}

/** A row of chips. */
export function DocumentChips({ documentIds, onDetach }: DocumentChipsProps): ReactNode {
  return (
    <ul className={styles.chips}>
      {documentIds.map((id) => (
        <Chip key={id} documentId={id} {...(onDetach === undefined ? {} : { onDetach })} />
      ))}
    </ul>
  )
}

type ChipProps = { readonly documentId: string; readonly onDetach?: (documentId: string) => void }

function Chip({ documentId, onDetach }: ChipProps): ReactNode {
  const translate = useTranslate()
  const document = useSotto((state) => state.documents.find(({ id }) => id === documentId))
  const tokens = useSotto((state) => state.documentTokens[documentId])
  const name = document === undefined ? translate('chat.message.documentGone') : documentName(document)
  return (
    <li className={styles.chip} data-document={documentId}>
      <FileText aria-hidden />
      <span className={styles.name}>{name}</span>
      {onDetach !== undefined && (
        <>
          <span className={styles.cost}>
            {tokens === undefined
              ? translate('chat.composer.counting')
              : translate('chat.composer.tokens', { count: tokens })}
          </span>
          <IconButton label={translate('chat.composer.detach', { name })} onPress={() => onDetach(documentId)}>
            <X aria-hidden />
          </IconButton>
        </>
      )}
    </li>
  )
}
