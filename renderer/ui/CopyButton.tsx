// Copies a text and says for a moment that it did.
import { Check, Copy } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { IconButton } from './IconButton.tsx'
import { useTranslate } from './text.ts'

/** A quiet button that puts `text` on the clipboard. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }): ReactNode {
  const translate = useTranslate()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return undefined
    const timer = window.setTimeout(() => setCopied(false), 2000)
    return () => window.clearTimeout(timer)
  }, [copied])
  return (
    <IconButton
      label={copied ? translate('shell.actions.copied') : label}
      onPress={() => {
        void navigator.clipboard.writeText(text).then(
          () => setCopied(true),
          () => setCopied(false),
        )
      }}
    >
      {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
    </IconButton>
  )
}
