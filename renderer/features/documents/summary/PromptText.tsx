// The prompt a summary was made with, word for word, in the version it names.
import { type ReactNode, useState } from 'react'
import { useSotto } from '../../../state/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { FailureNote } from '../../../ui/FailureNote.tsx'
import { useTranslate } from '../../../ui/text.ts'
import styles from './PromptText.module.css'

/** Named where no model was asked: cues decided, and there is no prompt to show. */
const withoutPrompt = 'action-cues'

/** A button, and below it the text once it is asked for. */
export function PromptText({ id, version }: { readonly id: string; readonly version: string }): ReactNode {
  const translate = useTranslate()
  const [open, setOpen] = useState(false)
  const prompt = useSotto((state) => state.shippedPrompts[`${id}@${version}`])
  const loadPrompt = useSotto((state) => state.loadPrompt)
  if (id === withoutPrompt) return null
  function turn(): void {
    setOpen(!open)
    if (!open) void loadPrompt(id, version)
  }
  return (
    <div className={styles.prompt}>
      <Button size="small" aria-expanded={open} onPress={turn}>
        {translate(open ? 'claims.prompt.hide' : 'claims.prompt.show')}
      </Button>
      {open && prompt?.ok === false && <FailureNote failure={prompt.failure} />}
      {open && prompt?.ok === true && !prompt.value.current && <p>{translate('claims.prompt.past')}</p>}
      {open && prompt?.ok === true && (
        <pre className={styles.text} tabIndex={0}>
          {prompt.value.template}
        </pre>
      )}
    </div>
  )
}
