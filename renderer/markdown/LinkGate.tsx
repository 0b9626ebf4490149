// The question before a link leaves this computer: names the host, opens nothing by itself.
import { ExternalLink } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { useTranslate } from '../ui/text.ts'
import styles from './LinkGate.module.css'
import { LinkOpenerContext } from './linkOpener.ts'
import type { SafeAddress } from './safeAddress.ts'

/** Lets the links below it be opened, each after a press on a button that names the host. */
export function LinkGate({ children }: { readonly children: ReactNode }): ReactNode {
  const translate = useTranslate()
  const [asked, setAsked] = useState<SafeAddress | null>(null)
  function open(): void {
    if (asked !== null) window.open(asked.href, '_blank', 'noopener,noreferrer')
    setAsked(null)
  }
  return (
    <LinkOpenerContext value={setAsked}>
      {children}
      <Dialog
        role="alertdialog"
        title={translate('chat.link.title')}
        closeLabel={translate('chat.link.stay')}
        open={asked !== null}
        onClose={() => setAsked(null)}
      >
        <p>{translate('chat.link.text', { place: asked?.place ?? '' })}</p>
        <p className={styles.address}>{asked?.href}</p>
        <div className={styles.actions}>
          <Button autoFocus onPress={() => setAsked(null)}>
            {translate('chat.link.stay')}
          </Button>
          <Button tone="outside" icon={<ExternalLink aria-hidden />} onPress={open}>
            {translate('chat.link.open', { place: asked?.place ?? '' })}
          </Button>
        </div>
      </Dialog>
    </LinkOpenerContext>
  )
}
