// Asking: the thread of questions and answers, the box to ask on, and what the model in use can do.
import type { QuestionScope } from '#contract/question.ts'
import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { noQuestions, questionPlace } from '../../state/questions/questionViews.ts'
import { useSotto } from '../../state/store.ts'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { useTranslate } from '../../ui/text.ts'
import { Ability } from './Ability.tsx'
import { Answer } from './Answer.tsx'
import styles from './AskPage.module.css'
import { QuestionBox } from './QuestionBox.tsx'
import { Running } from './Running.tsx'
import { Threads } from './Threads.tsx'

function Empty({ scope }: { readonly scope: QuestionScope }): ReactNode {
  const translate = useTranslate()
  return (
    <div className={styles.empty}>
      <h2 className={styles.title}>{translate(`questions.empty.${'documentId' in scope ? 'document' : 'library'}`)}</h2>
      <p className={styles.note}>{translate('questions.empty.text')}</p>
    </div>
  )
}

/** What is asked here comes into sight with its answer; a thread that is opened stays where its page was. */
function useNewestInSight(list: RefObject<HTMLElement | null>, running: boolean): void {
  const wasRunning = useRef(false)
  useEffect(() => {
    if (running || wasRunning.current) list.current?.querySelector(':scope > article:last-of-type')?.scrollIntoView()
    wasRunning.current = running
  }, [list, running])
}

/** One place and its open thread. */
export function AskPage({ scope }: { readonly scope: QuestionScope }): ReactNode {
  const view = useSotto((state) => state.questionViews[questionPlace(scope)] ?? noQuestions)
  const connected = useSotto((state) => state.connection === 'open')
  const loadQuestions = useSotto((state) => state.loadQuestions)
  useEffect(() => {
    if (connected) void loadQuestions(scope)
  }, [connected, loadQuestions, scope])
  const { answers, running, failure, threads, threadId } = view
  const list = useRef<HTMLDivElement>(null)
  useNewestInSight(list, running !== null)
  const empty = answers.length === 0 && running === null
  return (
    <div ref={list} className={styles.ask}>
      {empty && <Empty scope={scope} />}
      {(threads.length > 1 || threadId !== null) && <Threads scope={scope} view={view} />}
      {answers.map((answer) => (
        <Answer key={answer.id} answer={answer} />
      ))}
      {running !== null && <Running running={running} />}
      {failure !== null && <FailureNote failure={failure} />}
      <QuestionBox key={questionPlace(scope)} scope={scope} view={view} />
      <Ability />
    </div>
  )
}
