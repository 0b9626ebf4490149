// Earlier questions of this place, a new one, and removing what is open.
import type { QuestionScope } from '#contract/question.ts'
import { Plus, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { QuestionView } from '../../state/questions/questionViews.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Select } from '../../ui/Select.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './AskPage.module.css'

type ThreadsProps = { readonly scope: QuestionScope; readonly view: QuestionView }

/** Removing asks once, because it is for good. */
export function Threads({ scope, view }: ThreadsProps): ReactNode {
  const translate = useTranslate()
  const openThread = useSotto((state) => state.openThread)
  const removeThread = useSotto((state) => state.removeThread)
  const [sure, ask] = useState(false)
  const { threads, threadId } = view
  const fresh = { value: '', label: translate('questions.thread.new') }
  const options = threads.map(({ id, title, answers }) => ({
    value: id,
    label: translate(answers === 1 ? 'questions.thread.openOne' : 'questions.thread.open', { title, count: answers }),
  }))
  if (sure && threadId !== null) {
    return (
      <div className={styles.threads} role="group" aria-label={translate('questions.thread.remove')}>
        <p className={styles.note}>{translate('questions.thread.sure')}</p>
        <Button
          size="small"
          tone="problem"
          onPress={() => {
            ask(false)
            void removeThread(scope, threadId)
          }}
        >
          {translate('questions.thread.yes')}
        </Button>
        <Button size="small" onPress={() => ask(false)}>
          {translate('questions.thread.no')}
        </Button>
      </div>
    )
  }
  return (
    <div className={styles.threads}>
      <Select
        label={translate('questions.thread.earlier')}
        labelHidden
        value={threadId ?? ''}
        options={threadId === null ? [fresh, ...options] : options}
        onChange={(id) => void openThread(scope, id === '' ? null : id)}
      />
      <Button
        size="small"
        tone="quiet"
        icon={<Plus aria-hidden />}
        isDisabled={threadId === null}
        onPress={() => void openThread(scope, null)}
      >
        {translate('questions.thread.new')}
      </Button>
      <span className={styles.gap} />
      <IconButton label={translate('questions.thread.remove')} isDisabled={threadId === null} onPress={() => ask(true)}>
        <Trash2 aria-hidden />
      </IconButton>
    </div>
  )
}
