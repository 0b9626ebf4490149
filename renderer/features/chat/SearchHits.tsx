// What the search found: titles with the matching piece of text, matches marked.
import type { SearchHit } from '#contract/chat.ts'
import type { ReactNode } from 'react'
import { ListBox, ListBoxItem } from 'react-aria-components'
import { useSotto } from '../../state/store.ts'
import { Marked } from '../../ui/Marked.tsx'
import { useTranslate } from '../../ui/text.ts'
import { titleOf } from './chatWords.ts'
import styles from './SearchHits.module.css'

/** Hits as a list; pressing one opens its conversation at the message. */
export function SearchHits(): ReactNode {
  const translate = useTranslate()
  const hits = useSotto((state) => state.chatSearch.hits)
  const query = useSotto((state) => state.chatSearch.query)
  const openHit = useSotto((state) => state.openHit)
  if (hits === null) return <div className={styles.hits} />
  return (
    <div className={styles.hits}>
      <p role="status" className={styles.count}>
        {hits.length === 0
          ? translate('chat.list.nothing', { query })
          : translate('chat.list.found', { count: hits.length })}
      </p>
      {hits.length > 0 && (
        <ListBox
          aria-label={translate('chat.list.search')}
          items={hits.map((hit) => ({ id: hit.conversation.id, hit }))}
          onAction={(id) => {
            const hit = hits.find(({ conversation }) => conversation.id === id)
            if (hit !== undefined) void openHit(hit)
          }}
          className={styles.list ?? ''}
        >
          {({ hit }) => (
            <ListBoxItem textValue={titleOf(hit.conversation, translate)} className={styles.hit ?? ''}>
              <Hit hit={hit} />
            </ListBoxItem>
          )}
        </ListBox>
      )}
    </div>
  )
}

function Hit({ hit }: { readonly hit: SearchHit }): ReactNode {
  const translate = useTranslate()
  if (hit.messageId === null) {
    return (
      <>
        <span className={styles.title}>
          <Marked {...hit.snippet} />
        </span>
        <span className={styles.snippet}>{translate('chat.list.inTitle')}</span>
      </>
    )
  }
  return (
    <>
      <span className={styles.title}>{titleOf(hit.conversation, translate)}</span>
      <span className={styles.snippet}>
        <Marked {...hit.snippet} />
      </span>
    </>
  )
}
