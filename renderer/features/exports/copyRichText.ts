// Puts a result on the clipboard with its formatting, and as plain text for programs that take nothing else.

type Rich = { readonly html: string; readonly text: string }

/** True when it was copied. The texts are promised at once: a browser allows the clipboard only right after a press. */
export async function copyRichText(make: () => Promise<Rich | null>): Promise<boolean> {
  const made = make().then((rich) => {
    if (rich === null) throw new Error('nothing to copy')
    return rich
  })
  const blob = async (key: keyof Rich, type: string) => new Blob([(await made)[key]], { type })
  const item = new ClipboardItem({ 'text/html': blob('html', 'text/html'), 'text/plain': blob('text', 'text/plain') })
  try {
    await navigator.clipboard.write([item])
    return true
  } catch {
    return false
  }
}
