// The window's one address, and what counts as being there.

/** The scheme of the window's own files. */
export const scheme = 'app'

/** Sotto's name for the system, as electron-builder.yml gives it to the shortcuts: Windows shows notices of no other. */
export const appId = 'app.sotto.desktop'

/** The window's page. */
export const pageAddress = `${scheme}://sotto/`

/** True for an address below `app://sotto/`; not for another host, port or user of the scheme. */
export function isOurAddress(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, host, username, password } = new URL(address)
  return protocol === `${scheme}:` && host === 'sotto' && username === '' && password === ''
}

/** What the window may load at all: its own files, and pictures it made itself. */
export function mayLoad(address: string): boolean {
  if (isOurAddress(address)) return true
  if (/^data:image\//i.test(address)) return true
  return /^blob:/i.test(address) && isOurAddress(address.slice('blob:'.length))
}
