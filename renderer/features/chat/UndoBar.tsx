// The way back for a conversation just deleted.
import type { ReactNode } from 'react'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { useTranslate } from '../../ui/text.ts'
import { titleOf } from './chatWords.ts'
import styles from './UndoBar.module.css'

/** Shown for the seconds in which it can be undone. */
export function UndoBar(): ReactNode {
  const translate = useTranslate()
  const removed = useSotto((state) => state.removingConversation)
  const undo = useSotto((state) => state.undoConversationRemoval)
  return (
    <div role="status" className={styles.place}>
      {removed !== null && (
        <div className={styles.bar}>
          <span className={styles.words}>{translate('chat.list.removed', { title: titleOf(removed, translate) })}</span>
          <Button size="small" onPress={undo}>
            {translate('chat.list.undo')}
          </Button>
        </div>
      )}
    </div>
  )
}
