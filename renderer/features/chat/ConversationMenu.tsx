// What can be done with one conversation of the list: rename it, delete it.
import type { Conversation } from '#contract/chat.ts'
import { Ellipsis } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useTranslate } from '../../ui/text.ts'
import { titleOf } from './chatWords.ts'
import styles from './ConversationMenu.module.css'

/** A quiet button with a menu. */
export function ConversationMenu({ conversation }: { readonly conversation: Conversation }): ReactNode {
  const translate = useTranslate()
  const removeConversation = useSotto((state) => state.removeConversation)
  const [renaming, setRenaming] = useState(false)
  const title = titleOf(conversation, translate)
  return (
    <>
      <MenuTrigger>
        <AriaButton aria-label={translate('chat.list.more', { title })} className={styles.more ?? ''}>
          <Ellipsis aria-hidden />
        </AriaButton>
        <Popover className={styles.popover ?? ''} placement="bottom end" offset={4}>
          <Menu className={styles.menu ?? ''}>
            <MenuItem className={styles.item ?? ''} onAction={() => setRenaming(true)}>
              {translate('chat.list.rename')}
            </MenuItem>
            <MenuItem className={styles.item ?? ''} onAction={() => removeConversation(conversation.id)}>
              {translate('chat.list.remove')}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      {renaming && <Rename conversation={conversation} onDone={() => setRenaming(false)} />}
    </>
  )
}

type RenameProps = { readonly conversation: Conversation; readonly onDone: () => void }

function Rename({ conversation, onDone }: RenameProps): ReactNode {
  const translate = useTranslate()
  const renameConversation = useSotto((state) => state.renameConversation)
  const [title, setTitle] = useState(conversation.title)
  return (
    <Dialog
      title={translate('chat.list.renameTitle')}
      closeLabel={translate('shell.actions.close')}
      open
      onClose={onDone}
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          void renameConversation(conversation.id, title)
          onDone()
        }}
      >
        <TextField label={translate('chat.list.renameLabel')} value={title} onChange={setTitle} />
        <div className={styles.actions}>
          <Button onPress={onDone}>{translate('shell.actions.cancel')}</Button>
          <Button type="submit" tone="filled" isDisabled={title.trim() === ''}>
            {translate('chat.list.renameSave')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
