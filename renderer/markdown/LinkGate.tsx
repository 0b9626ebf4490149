// The question before a link leaves this computer: names the host, opens nothing by itself.
import { ExternalLink } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { useTranslate } from '../ui/text.ts'
import styles from './LinkGate.module.css'
import { LinkOpenerContext } from './linkOpener.ts'
import type { SafeAddress } from './safeAddress.ts'

/** `askedOutside`: the program behind the window asks by itself before anything is opened, so once is enough. */
type LinkGateProps = { readonly askedOutside: boolean; readonly children: ReactNode }

/** Lets the links below it be opened, each after a press on a button that names the host. */
export function LinkGate({ askedOutside, children }: LinkGateProps): ReactNode {
  const translate = useTranslate()
  const [asked, setAsked] = useState<SafeAddress | null>(null)
  function open(address: SafeAddress | null): void {
    if (address !== null) window.open(address.href, '_blank', 'noopener,noreferrer')
    setAsked(null)
  }
  return (
    <LinkOpenerContext value={askedOutside ? open : setAsked}>
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
          <Button tone="outside" icon={<ExternalLink aria-hidden />} onPress={() => open(asked)}>
            {translate('chat.link.open', { place: asked?.place ?? '' })}
          </Button>
        </div>
      </Dialog>
    </LinkOpenerContext>
  )
}
