// Asks before a model is forgotten, and says whether its file stays: a linked one does, a downloaded one does not.
import type { ReactNode } from 'react'
import type { ModelRecord } from '#contract/model.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './RemoveLink.module.css'

type RemoveLinkProps = { readonly model: ModelRecord; readonly open: boolean; readonly onClose: () => void }

/** The question; keeping has the focus. */
export function RemoveLink({ model, open, onClose }: RemoveLinkProps): ReactNode {
  const translate = useTranslate()
  const forgetModel = useSotto((state) => state.forgetModel)
  return (
    <Dialog
      role="alertdialog"
      title={translate(`models.remove.${model.ours ? 'ownTitle' : 'title'}`, { name: model.name })}
      closeLabel={translate('shell.actions.close')}
      open={open}
      onClose={onClose}
    >
      <p>{translate(`models.remove.${model.ours ? 'ownText' : 'text'}`)}</p>
      <div className={styles.actions}>
        <Button autoFocus onPress={onClose}>
          {translate('models.remove.keep')}
        </Button>
        <Button
          tone="problem"
          onPress={() => {
            onClose()
            void forgetModel(model.id)
          }}
        >
          {translate(`models.remove.${model.ours ? 'ownConfirm' : 'confirm'}`)}
        </Button>
      </div>
    </Dialog>
  )
}
