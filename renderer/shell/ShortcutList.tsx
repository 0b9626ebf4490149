// The list of keyboard shortcuts, opened by F1 or Ctrl/Cmd+/.
import type { ReactNode } from 'react'
import { useSotto } from '../state/store.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { useTranslate } from '../ui/text.ts'
import { commandKey } from './shortcuts.ts'
import styles from './ShortcutList.module.css'

const rows = [
  ['palette', 'Mod+K'],
  ['newChat', 'Mod+N'],
  ['openDocument', 'Mod+O'],
  ['searchLibrary', 'Mod+F'],
  ['settings', 'Mod+,'],
  ['shortcuts', 'Mod+/'],
  ['room', 'Mod+1 … 5'],
  ['stop', 'Shift+Esc'],
  ['close', 'Esc'],
] as const

/** What each key does. */
export function ShortcutList(): ReactNode {
  const translate = useTranslate()
  const open = useSotto((state) => state.shortcutsOpen)
  const openShortcuts = useSotto((state) => state.openShortcuts)
  return (
    <Dialog
      title={translate('shell.shortcuts.title')}
      closeLabel={translate('shell.actions.close')}
      open={open}
      onClose={() => openShortcuts(false)}
    >
      <dl className={styles.list}>
        {rows.map(([name, keys]) => (
          <div key={name} className={styles.row}>
            <dt>{translate(`shell.shortcuts.${name}`)}</dt>
            <dd>
              <kbd>{keys.replace('Mod', commandKey())}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
