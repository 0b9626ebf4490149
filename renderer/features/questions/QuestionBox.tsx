// Where a question is written: Enter asks, and while an answer is on its way the button stops it.
import type { QuestionScope } from '#contract/question.ts'
import { ArrowUp, Square } from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'
import type { QuestionView } from '../../state/questions/questionViews.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './QuestionBox.module.css'

type QuestionBoxProps = { readonly scope: QuestionScope; readonly view: QuestionView }

function placeholderOf(scope: QuestionScope, view: QuestionView): string {
  if (view.answers.length > 0) return 'placeholderFollow'
  if ('documentId' in scope) return 'placeholder'
  return 'folderId' in scope ? 'placeholderFolder' : 'placeholderLibrary'
}

/** A field that grows with the question. */
export function QuestionBox({ scope, view }: QuestionBoxProps): ReactNode {
  const translate = useTranslate()
  const writeQuestion = useSotto((state) => state.writeQuestion)
  const ask = useSotto((state) => state.ask)
  const stopQuestion = useSotto((state) => state.stopQuestion)
  function onKeyDown(event: KeyboardEvent): void {
    // Enter that ends an input method's word belongs to the word.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    void ask(scope)
  }
  return (
    <div className={styles.box}>
      <textarea
        rows={1}
        maxLength={1000}
        aria-label={translate('questions.field')}
        title={translate('questions.hint')}
        placeholder={translate(`questions.${placeholderOf(scope, view)}`)}
        value={view.draft}
        onChange={(event) => writeQuestion(scope, event.target.value)}
        onKeyDown={onKeyDown}
        className={styles.field}
      />
      {view.running === null ? (
        <Button
          tone="filled"
          icon={<ArrowUp aria-hidden />}
          isDisabled={view.draft.trim() === ''}
          onPress={() => void ask(scope)}
        >
          {translate('questions.ask')}
        </Button>
      ) : (
        <Button icon={<Square aria-hidden />} onPress={() => stopQuestion(scope)}>
          {translate('questions.stop')}
        </Button>
      )}
    </div>
  )
}
