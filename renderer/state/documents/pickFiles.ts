// The system's file picker, opened by a key or a button anywhere in the window.

/** What the picker offers first: every ending a reader knows, and any text. */
const accepted = [
  ...['.pdf', '.md', '.markdown', '.txt', '.text', '.log', '.csv', '.tsv', '.docx', '.pptx', '.xlsx', '.odt', '.ods'],
  ...['.odp', '.rtf', '.epub', '.html', '.htm', '.xhtml', '.eml', '.mbox', 'text/*', 'application/pdf'],
]

/** Opens the picker; files that were chosen go to `take`. Nothing happens when it is left. */
export function pickFiles(take: (files: readonly File[]) => void): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = true
  input.accept = accepted.join(',')
  input.hidden = true
  const chosen = (): void => {
    input.remove()
    take([...(input.files ?? [])])
  }
  input.addEventListener('change', chosen, { once: true })
  input.addEventListener('cancel', () => input.remove(), { once: true })
  // In the page as long as the picker is open: nothing else holds it, and what is collected meanwhile tells nobody.
  document.body.append(input)
  input.click()
}
