// What the command palette offers: rooms, actions, conversations and documents.
import { useMemo } from 'react'
import { rooms } from '../state/routeSlice.ts'
import { useSotto } from '../state/store.ts'
import { useTranslate } from '../ui/text.ts'
import type { Command } from './CommandPalette.tsx'
import { useOutsideCommands } from './outsideCommands.ts'

/** All commands, rebuilt when the lists they name change. */
export function useCommands(): readonly Command[] {
  const translate = useTranslate()
  const navigate = useSotto((state) => state.navigate)
  const actions = useActionCommands()
  const outside = useOutsideCommands()
  const looks = useLookCommands()
  const conversations = useSotto((state) => state.conversations)
  const documents = useSotto((state) => state.documents)
  return useMemo(
    () => [
      ...actions,
      ...outside,
      ...looks,
      ...rooms.map((room): Command => ({
        id: `room-${room}`,
        group: 'rooms',
        name: translate(`shell.rail.${room}`),
        run: () => navigate(room),
      })),
      ...conversations.map((one): Command => ({
        id: `conversation-${one.id}`,
        group: 'conversations',
        name: one.title,
        run: () => navigate('chat', one.id),
      })),
      ...documents.map((one): Command => ({
        id: `document-${one.id}`,
        group: 'documents',
        name: one.title ?? one.name,
        run: () => navigate('documents', one.id),
      })),
    ],
    [translate, navigate, actions, outside, looks, conversations, documents],
  )
}

/** What one may do from anywhere. */
function useActionCommands(): readonly Command[] {
  const translate = useTranslate()
  const navigate = useSotto((state) => state.navigate)
  const newConversation = useSotto((state) => state.newConversation)
  const pickDocuments = useSotto((state) => state.pickDocuments)
  const wishToSearch = useSotto((state) => state.wishToSearch)
  const askForFolder = useSotto((state) => state.askForFolder)
  const openJobs = useSotto((state) => state.openJobs)
  const verifyLedger = useSotto((state) => state.verifyLedger)
  return useMemo(() => {
    function action(id: string, run: () => void): Command {
      return { id, group: 'actions', name: translate(`shell.actions.${id}`), run }
    }
    return [
      action('newChat', () => void newConversation()),
      action('openDocument', pickDocuments),
      action('searchLibrary', wishToSearch),
      action('addFolder', () => {
        navigate('documents')
        askForFolder()
      }),
      action('jobs', () => openJobs(true)),
      action('importModel', () => navigate('models', 'import')),
      action('checkLedger', () => {
        navigate('activity')
        void verifyLedger()
      }),
    ]
  }, [translate, navigate, newConversation, pickDocuments, wishToSearch, askForFolder, openJobs, verifyLedger])
}

/** How the window looks, and its keys: what is asked for least stands last. */
function useLookCommands(): readonly Command[] {
  const translate = useTranslate()
  const openShortcuts = useSotto((state) => state.openShortcuts)
  const changeSetting = useSotto((state) => state.changeSetting)
  return useMemo(() => {
    function action(id: string, run: () => void): Command {
      return { id, group: 'actions', name: translate(`shell.actions.${id}`), run }
    }
    return [
      action('shortcuts', () => openShortcuts(true)),
      action('themeLight', () => void changeSetting('theme', 'light')),
      action('themeDark', () => void changeSetting('theme', 'dark')),
      action('themeContrast', () => void changeSetting('theme', 'high-contrast')),
      action('themeSystem', () => void changeSetting('theme', 'system')),
    ]
  }, [translate, openShortcuts, changeSetting])
}
