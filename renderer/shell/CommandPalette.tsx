// Ctrl/Cmd+K: go anywhere, do anything, by typing.
import type { ReactNode } from 'react'
import {
  Autocomplete,
  Dialog,
  Header as SectionHeader,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
  useFilter,
} from 'react-aria-components'
import { useSotto } from '../state/store.ts'
import { useTranslate } from '../ui/text.ts'
import styles from './CommandPalette.module.css'

/** One thing the palette can do; `group` is a key under `shell.palette`. */
export type Command = {
  readonly id: string
  readonly group: 'rooms' | 'actions' | 'documents' | 'conversations'
  readonly name: string
  readonly run: () => void
}

const groups = ['actions', 'rooms', 'conversations', 'documents'] as const

/** The palette; commands come from the shell, which knows every room. */
export function CommandPalette({ commands }: { readonly commands: readonly Command[] }): ReactNode {
  const translate = useTranslate()
  const open = useSotto((state) => state.paletteOpen)
  const openPalette = useSotto((state) => state.openPalette)
  const { contains } = useFilter({ sensitivity: 'base' })
  return (
    <ModalOverlay isOpen={open} onOpenChange={openPalette} isDismissable className={styles.overlay ?? ''}>
      <Modal className={styles.modal ?? ''}>
        <Dialog aria-label={translate('shell.palette.title')} className={styles.dialog ?? ''}>
          <Autocomplete filter={contains}>
            <SearchField aria-label={translate('shell.palette.title')} autoFocus className={styles.search ?? ''}>
              <Input placeholder={translate('shell.palette.placeholder')} className={styles.input ?? ''} />
            </SearchField>
            <Menu
              aria-label={translate('shell.palette.title')}
              className={styles.menu ?? ''}
              renderEmptyState={() => <p className={styles.nothing}>{translate('shell.palette.nothing')}</p>}
              onAction={(id) => {
                openPalette(false)
                commands.find((command) => command.id === id)?.run()
              }}
            >
              {groups
                .map((group) => ({ group, members: commands.filter((command) => command.group === group) }))
                .filter(({ members }) => members.length > 0)
                .map(({ group, members }) => (
                  <MenuSection key={group}>
                    <SectionHeader className={styles.group ?? ''}>{translate(`shell.palette.${group}`)}</SectionHeader>
                    {members.map((command) => (
                      <MenuItem key={command.id} id={command.id} textValue={command.name} className={styles.item ?? ''}>
                        {command.name}
                      </MenuItem>
                    ))}
                  </MenuSection>
                ))}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
