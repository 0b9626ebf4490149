// The list column: search, conversations by day, and a way back for the one just deleted.
import type { Conversation } from '#contract/chat.ts'
import { SquarePen } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import {
  Collection,
  GridList,
  GridListHeader,
  GridListItem,
  GridListSection,
  ListLayout,
  Virtualizer,
} from 'react-aria-components'
import { shownChatId } from '../../state/chat/chatState.ts'
import { useSotto } from '../../state/store.ts'
import { classNames } from '../../ui/classNames.ts'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import column from '../../ui/listColumn.module.css'
import { TextField } from '../../ui/TextField.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './ChatList.module.css'
import { dayGroup, dayGroups, titleOf } from './chatWords.ts'
import { ConversationMenu } from './ConversationMenu.tsx'
import { SearchHits } from './SearchHits.tsx'
import { UndoBar } from './UndoBar.tsx'

/** Conversations, or what the search found. */
export function ChatList(): ReactNode {
  const translate = useTranslate()
  const query = useSotto((state) => state.chatSearch.query)
  const failure = useSotto((state) => state.conversationsFailure ?? state.chatSearch.failure)
  const searchChats = useSotto((state) => state.searchChats)
  const newConversation = useSotto((state) => state.newConversation)
  return (
    <nav aria-label={translate('chat.list.label')} className={classNames(column.list, styles.narrow)}>
      <div className={column.head}>
        <TextField
          label={translate('chat.list.search')}
          labelHidden
          type="search"
          value={query}
          onChange={searchChats}
          placeholder={translate('chat.list.placeholder')}
        />
        <IconButton label={translate('chat.list.new')} shortcut="Ctrl+N" onPress={() => void newConversation()}>
          <SquarePen aria-hidden />
        </IconButton>
      </div>
      {failure !== null && (
        <div className={styles.failure}>
          <FailureNote failure={failure} />
        </div>
      )}
      {query.trim() === '' ? <Days /> : <SearchHits />}
      <UndoBar />
    </nav>
  )
}

type Day = { readonly id: string; readonly name: string; readonly members: readonly Conversation[] }

function useDays(): readonly Day[] {
  const translate = useTranslate()
  const conversations = useSotto((state) => state.conversations)
  const shown = useSotto(shownChatId)
  return useMemo(() => {
    const now = new Date()
    // One that was begun and never used is listed only while it is open.
    const listed = conversations.filter(({ id, title }) => title !== '' || id === shown)
    return dayGroups
      .map((group) => ({
        id: group,
        name: translate(`chat.list.${group}`),
        members: listed.filter(({ updatedAt }) => dayGroup(new Date(updatedAt), now) === group),
      }))
      .filter(({ members }) => members.length > 0)
  }, [conversations, shown, translate])
}

function Days(): ReactNode {
  const translate = useTranslate()
  const days = useDays()
  const shown = useSotto(shownChatId)
  const navigate = useSotto((state) => state.navigate)
  if (days.length === 0) return <p className={styles.nothing}>{translate('chat.list.empty')}</p>
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight: 34, headingHeight: 32, padding: 8 }}>
      <GridList
        aria-label={translate('chat.list.label')}
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        selectedKeys={shown === null ? [] : [shown]}
        onAction={(id) => navigate('chat', String(id))}
        onSelectionChange={(keys) => {
          const [id] = keys === 'all' ? [] : keys
          if (id !== undefined && id !== shown) navigate('chat', String(id))
        }}
        className={column.rows ?? ''}
      >
        {days.map(({ id, name, members }) => (
          <GridListSection key={id} id={id} aria-label={name}>
            <GridListHeader className={styles.day ?? ''}>{name}</GridListHeader>
            <Collection items={members}>{(conversation) => <Row conversation={conversation} />}</Collection>
          </GridListSection>
        ))}
      </GridList>
    </Virtualizer>
  )
}

function Row({ conversation }: { readonly conversation: Conversation }): ReactNode {
  const translate = useTranslate()
  const title = titleOf(conversation, translate)
  return (
    <GridListItem id={conversation.id} textValue={title} className={styles.row ?? ''}>
      <span className={styles.title}>{title}</span>
      <span className={styles.more}>
        <ConversationMenu conversation={conversation} />
      </span>
    </GridListItem>
  )
}
