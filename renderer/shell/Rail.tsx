// The left rail: five rooms, with words.
import { Activity, FileText, MessageSquareText, Settings, Box } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { rooms, type Room } from '../state/routeSlice.ts'
import { useSotto } from '../state/store.ts'
import { classNames } from '../ui/classNames.ts'
import { useTranslate } from '../ui/text.ts'
import styles from './Rail.module.css'

const icons: Readonly<Record<Room, ReactNode>> = {
  chat: <MessageSquareText aria-hidden />,
  documents: <FileText aria-hidden />,
  models: <Box aria-hidden />,
  activity: <Activity aria-hidden />,
  settings: <Settings aria-hidden />,
}

/** Navigation between rooms; the current one is marked for eye and ear. */
export function Rail(): ReactNode {
  const translate = useTranslate()
  const current = useSotto((state) => state.route.room)
  const navigate = useSotto((state) => state.navigate)
  return (
    <nav aria-label={translate('shell.rail.label')} className={styles.rail}>
      <img src="/icon.svg" alt="" className={styles.mark} />
      {rooms.map((room) => (
        <Button
          key={room}
          {...(room === current ? { 'aria-current': 'page' } : {})}
          className={classNames(styles.room, room === current && styles.current)}
          onPress={() => navigate(room)}
        >
          {icons[room]}
          <span>{translate(`shell.rail.${room}`)}</span>
        </Button>
      ))}
    </nav>
  )
}
