// A page laid over the page: titled, dismissed by Escape or its close button, focus kept inside.
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { classNames } from './classNames.ts'
import styles from './Dialog.module.css'
import { IconButton } from './IconButton.tsx'

type DialogProps = {
  readonly title: string
  readonly closeLabel: string
  readonly open: boolean
  readonly onClose: () => void
  readonly width?: 'narrow' | 'wide'
  readonly role?: 'dialog' | 'alertdialog'
  readonly children: ReactNode
}

/** A modal page; the caller holds whether it is open. */
export function Dialog({ title, closeLabel, open, onClose, width = 'narrow', role, children }: DialogProps): ReactNode {
  return (
    <ModalOverlay
      isOpen={open}
      onOpenChange={(next) => {
        if (!next) onClose()
      }}
      isDismissable
      className={styles.overlay ?? ''}
    >
      <Modal className={classNames(styles.modal, styles[width])}>
        <AriaDialog role={role ?? 'dialog'} className={styles.dialog ?? ''}>
          <header className={styles.header}>
            <Heading slot="title" className={styles.title ?? ''}>
              {title}
            </Heading>
            <IconButton label={closeLabel} onPress={onClose}>
              <X aria-hidden />
            </IconButton>
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
