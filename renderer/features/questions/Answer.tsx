// One question with its answer: written and checked, given as passages, or not there; what was looked for; how it was made.
import type { Passage, QuestionAnswer } from '#contract/question.ts'
import { type ReactNode, useState } from 'react'
import { visibleText } from '../../markdown/visibleText.ts'
import { Button } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { ExportSlot } from '../../ui/ExportSlot.tsx'
import { formatCount } from '../../ui/format.ts'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import styles from './Answer.module.css'
import { answerAsText } from './answerText.ts'
import { Absent } from './Absent.tsx'
import { PassageList } from './PassageList.tsx'
import { Written } from './Written.tsx'

/** Passages shown before the rest is asked for. */
const shownAtOnce = 3

type PassagesProps = {
  readonly answer: QuestionAnswer
  /** Words under `questions.answer`: `more`, `given`, `nearest`. */
  readonly words: 'more' | 'given' | 'nearest'
  readonly passages: readonly Passage[]
}

/** Passages behind a button that says how many there are. */
function Folded({ answer, words, passages }: PassagesProps): ReactNode {
  const translate = useTranslate()
  const [open, setOpen] = useState(false)
  if (passages.length === 0) return null
  const label = translate(`questions.answer.${open ? `${words}Hide` : `${words}Show`}`, { count: passages.length })
  return (
    <div className={styles.folded}>
      <div>
        <Button size="small" tone="quiet" aria-expanded={open} onPress={() => setOpen(!open)}>
          {label}
        </Button>
      </div>
      {open && (
        <PassageList
          label={translate(`questions.answer.${words === 'more' ? 'asPassages' : words}`)}
          passages={passages}
          named={!('documentId' in answer.scope)}
        />
      )}
    </div>
  )
}

function AsPassages({ answer }: { readonly answer: QuestionAnswer }): ReactNode {
  const translate = useTranslate()
  const label = translate('questions.answer.asPassages')
  return (
    <>
      <p className={styles.note}>{label}</p>
      <PassageList
        label={label}
        passages={answer.passages.slice(0, shownAtOnce)}
        named={!('documentId' in answer.scope)}
      />
      <Folded answer={answer} words="more" passages={answer.passages.slice(shownAtOnce)} />
    </>
  )
}

function Body({ answer }: { readonly answer: QuestionAnswer }): ReactNode {
  switch (answer.outcome) {
    case 'answered':
      return (
        <>
          <Written answer={answer} />
          <Folded answer={answer} words="given" passages={answer.passages} />
        </>
      )
    case 'passages':
      return <AsPassages answer={answer} />
    case 'absent':
      return (
        <>
          <Absent answer={answer} />
          <Folded answer={answer} words="nearest" passages={answer.passages} />
        </>
      )
  }
}

/** What was searched for and who answered, in one quiet line. */
function Facts({ answer }: { readonly answer: QuestionAnswer }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const { lookedFor, searched, provenance, passages, scope } = answer
  const amount = (count: number) => ({ count, amount: formatCount(count, language) })
  const facts = [
    lookedFor.length === 0 ? '' : translate('questions.answer.lookedFor', { words: lookedFor.join(', ') }),
    'documentId' in scope ? '' : translate('questions.answer.searched', amount(searched.documents)),
    searched.waiting === 0 ? '' : translate('questions.answer.waiting', amount(searched.waiting)),
    provenance.model === null
      ? translate('questions.answer.without')
      : translate('questions.answer.by', { model: provenance.model.name, count: passages.length }),
  ]
  return <p className={styles.facts}>{visibleText(facts.filter((fact) => fact !== '').join(' · '))}</p>
}

/** A question and what came of it. */
export function Answer({ answer }: { readonly answer: QuestionAnswer }): ReactNode {
  const translate = useTranslate()
  return (
    <article className={styles.answer} data-outcome={answer.outcome}>
      <header className={styles.head}>
        <h2 className={styles.question}>{visibleText(answer.question)}</h2>
        <span className={styles.tools}>
          <CopyButton text={answerAsText(answer, translate)} label={translate('questions.answer.copy')} />
          <ExportSlot what={{ kind: 'answer', answerId: answer.id }} />
        </span>
      </header>
      <Body answer={answer} />
      <Facts answer={answer} />
    </article>
  )
}
