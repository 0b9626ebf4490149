// The frame around every room: rail, header, page; composes the features and nothing else does.
import type { ExportSubject } from '#contract/export.ts'
import { type ReactNode, useMemo } from 'react'
import { ActivityRoom } from '../features/activity/ActivityRoom.tsx'
import { ChatRoom } from '../features/chat/ChatRoom.tsx'
import { ContextMeter } from '../features/chat/ContextMeter.tsx'
import { ConsentSheet } from '../features/consent/ConsentSheet.tsx'
import { DocumentsRoom } from '../features/documents/DocumentsRoom.tsx'
import { ExportMenu } from '../features/exports/ExportMenu.tsx'
import { PrintView } from '../features/exports/PrintView.tsx'
import { BatchQuestion } from '../features/jobs/BatchQuestion.tsx'
import { JobNotices } from '../features/jobs/JobNotices.tsx'
import { JobsPanel } from '../features/jobs/JobsPanel.tsx'
import { FirstRun } from '../features/first-run/FirstRun.tsx'
import { ModelsRoom } from '../features/models/ModelsRoom.tsx'
import { SettingsRoom } from '../features/settings/SettingsRoom.tsx'
import type { Room } from '../state/routeSlice.ts'
import { useSotto } from '../state/store.ts'
import { ExportSlotContext } from '../ui/ExportSlot.tsx'
import { useTranslate } from '../ui/text.ts'
import { CommandPalette } from './CommandPalette.tsx'
import { useCommands } from './commands.ts'
import { documentViews } from './documentViews.ts'
import { Header } from './Header.tsx'
import { Lost } from './Lost.tsx'
import { Rail } from './Rail.tsx'
import styles from './Shell.module.css'
import { ShortcutList } from './ShortcutList.tsx'
import { useShortcuts } from './shortcuts.ts'
import { useStrayDrops } from './strayDrops.ts'

function exportMenu(what: ExportSubject): ReactNode {
  return <ExportMenu what={what} />
}

function page(room: Room): ReactNode {
  switch (room) {
    case 'chat':
      return <ChatRoom />
    case 'documents':
      return <DocumentsRoom views={documentViews} />
    case 'models':
      return <ModelsRoom />
    case 'activity':
      return <ActivityRoom />
    case 'settings':
      return <SettingsRoom />
  }
}

/** The whole window: the first page ever seen, or the rooms; nothing for the moment until it is known which. */
export function Shell(): ReactNode {
  const welcomed = useSotto((state) => state.welcomeLeft || state.settings.welcomed?.value)
  const lost = useSotto((state) => state.connection === 'lost')
  useStrayDrops()
  return (
    <>
      <ExportSlotContext value={exportMenu}>{welcomed === true && <Rooms />}</ExportSlotContext>
      <PrintView />
      {welcomed === false && <FirstRun />}
      {lost && <Lost />}
    </>
  )
}

function Rooms(): ReactNode {
  const translate = useTranslate()
  const room = useSotto((state) => state.route.room)
  // The sheet is a page of its own where it was asked for; going elsewhere leaves it waiting there.
  const consent = useSotto(({ consent: sheet, route }) =>
    sheet !== null && sheet.route.room === route.room && sheet.route.id === route.id ? sheet : null,
  )
  const navigate = useSotto((state) => state.navigate)
  const openPalette = useSotto((state) => state.openPalette)
  const openShortcuts = useSotto((state) => state.openShortcuts)
  const newChat = useSotto((state) => state.newConversation)
  const openDocument = useSotto((state) => state.pickDocuments)
  const stop = useSotto((state) => state.stopEverythingHere)
  useShortcuts(
    useMemo(
      () => ({ navigate, openPalette, openShortcuts, newChat: () => void newChat(), openDocument, stop }),
      [navigate, openPalette, openShortcuts, newChat, openDocument, stop],
    ),
  )
  return (
    <div className={styles.shell}>
      <a
        href="#page"
        className={styles.skip}
        onClick={(event) => {
          // The hash is the route; following the link would leave the room.
          event.preventDefault()
          document.getElementById('page')?.focus()
        }}
      >
        {translate('shell.skip')}
      </a>
      <Rail />
      <div className={styles.sheet}>
        <Header middle={room === 'chat' && consent === null ? <ContextMeter /> : null} />
        <JobNotices />
        <main id="page" tabIndex={-1} className={styles.page}>
          {consent === null ? page(room) : <ConsentSheet consent={consent} />}
        </main>
      </div>
      <CommandPalette commands={useCommands()} />
      <ShortcutList />
      <JobsPanel />
      <BatchQuestion />
    </div>
  )
}
