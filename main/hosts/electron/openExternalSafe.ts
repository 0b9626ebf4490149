// The one place where an address leaves Sotto for the browser: https only, and after asking.
import type { Electron } from './electronApi.ts'

/** A parsed address that may be offered; `place` is its full host. */
export type ExternalAddress = { readonly href: string; readonly place: string }

/** An https address without a user name in it; null for everything else, whatever it is dressed up as. */
export function externalAddress(written: string): ExternalAddress | null {
  // A parser would drop tabs and other signs nobody sees, so that what is shown would not be what was written.
  if (!/^https:\/\/[^\s\\\p{Cc}\p{Cf}]+$/iu.test(written) || !URL.canParse(written)) return null
  const url = new URL(written)
  if (url.protocol !== 'https:' || url.host === '' || url.username !== '' || url.password !== '') return null
  return { href: url.href, place: url.host }
}

/** What the question needs: the system's dialog and shell, and the words. */
export type LinkQuestion = {
  readonly electron: Pick<Electron, 'dialog' | 'shell'>
  say(key: string, values?: Readonly<Record<string, unknown>>): string
}

/** Asks and then opens; “stay” is the answer that Enter gives. Answers what came of it. */
export async function openExternalSafe(
  { electron, say }: LinkQuestion,
  written: string,
): Promise<'opened' | 'stayed' | 'refused'> {
  const address = externalAddress(written)
  if (address === null) {
    await electron.dialog.showMessageBox({
      type: 'info',
      message: say('link.refused'),
      detail: say('link.refusedDetail'),
      buttons: [say('link.close')],
    })
    return 'refused'
  }
  const { response } = await electron.dialog.showMessageBox({
    type: 'question',
    message: say('link.question', { place: address.place }),
    detail: address.href,
    buttons: [say('link.stay'), say('link.open')],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  })
  if (response !== 1) return 'stayed'
  await electron.shell.openExternal(address.href)
  return 'opened'
}
