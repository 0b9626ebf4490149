// A licence its publisher wants accepted, before anything is downloaded.
import type { ReactNode } from 'react'
import type { CatalogueModel } from '#contract/model.ts'
import { Button } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './LicenceDialog.module.css'

type LicenceDialogProps = {
  readonly model: Pick<CatalogueModel, 'name' | 'licence'>
  readonly open: boolean
  readonly onClose: () => void
  readonly onAccept: () => void
}

/** The question; not accepting has the focus. */
export function LicenceDialog({ model, open, onClose, onAccept }: LicenceDialogProps): ReactNode {
  const translate = useTranslate()
  const { id, url } = model.licence
  return (
    <Dialog
      role="alertdialog"
      title={translate('models.licence.title', { name: model.name })}
      closeLabel={translate('shell.actions.close')}
      open={open}
      onClose={onClose}
    >
      <p>{translate('models.licence.text', { name: model.name, licence: id })}</p>
      <p className={styles.address}>
        <code>{url}</code>
        <CopyButton text={url} label={translate('models.licence.copy')} />
      </p>
      <div className={styles.actions}>
        <Button autoFocus onPress={onClose}>
          {translate('models.licence.no')}
        </Button>
        <Button
          onPress={() => {
            onClose()
            onAccept()
          }}
        >
          {translate('models.licence.yes')}
        </Button>
      </div>
    </Dialog>
  )
}
