// The system's file picker, opened by a key or a button anywhere in the window.

/** Opens the picker; files that were chosen go to `take`. Nothing happens when it is left. */
export function pickFiles(take: (files: readonly File[]) => void): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = true
  input.accept = '.pdf,.md,.markdown,.txt,.text,.log,.csv,text/*,application/pdf'
  input.addEventListener('change', () => take([...(input.files ?? [])]), { once: true })
  input.click()
}
