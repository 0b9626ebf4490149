// Which failures a password may mend.

/** Whether a failure asks for a password. */
export function asksForPassword(code: string | undefined): boolean {
  return code === 'document-encrypted' || code === 'document-password-wrong'
}
