// Every page Electron makes: it stays where it is, opens nothing, embeds nothing, and shows no address of this machine.
import type { WebContents } from './electronApi.ts'

/** What happens instead of a new window: the address is handed on to be asked about. */
export type LinkAsked = (address: string) => void

/** Fastens a page in its place; call when it is created. Reloading is no navigation and stays possible. */
export function guardContents(contents: WebContents, onLink: LinkAsked): void {
  const stay = (event: { preventDefault(): void }) => event.preventDefault()
  contents.on('will-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-attach-webview', stay)
  contents.setWindowOpenHandler(({ url }) => {
    onLink(url)
    return { action: 'deny' }
  })
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
}
