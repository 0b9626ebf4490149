// Questions in the window: nothing asked yet, an answer in a model's own words with a mark, one that is not there.
import type { Page } from '@playwright/test'
import type { Locator } from '#contract/document.ts'
import type { QuestionAnswer, QuestionThread } from '#contract/question.ts'
import type { RoomState } from './roomState.ts'
import type { Words } from './words.ts'

const at = '2026-11-20T09:30:00.000Z'
function page(number: number): Extract<Locator, { kind: 'page' }> {
  return { kind: 'page', page: number, start: 0, end: 90 }
}
const sentence = 'The first of three gates was towed from Kessel Point in June and hung in July.'

/** Answers about a document: one written and checked, one that is refused. */
function answersAbout(documentId: string): readonly QuestionAnswer[] {
  const passages = [
    {
      number: 1,
      documentId,
      documentName: 'harbour-report.pdf',
      position: 3,
      segments: 1,
      locators: [page(2)],
      text: `${sentence} The harbour was closed for 36 hours at neap tide.`,
      best: { start: 0, end: sentence.length, locators: [page(2)] },
      score: 0.9,
    },
  ]
  const shared = {
    threadId: 't1',
    scope: { documentId },
    carried: [],
    mode: 'free' as const,
    reason: 'complete' as const,
    passages,
    searched: { documents: 1, waiting: 0 },
  }
  const made = { documentSha256: 'd'.repeat(64), method: 'passages-1', embedded: false, seed: 0, createdAt: at }
  const model = { name: 'Qwen3.5 4B', sha256: '4f1c0b9e'.repeat(8) }
  return [
    {
      ...shared,
      id: 'a1',
      question: 'When was the first gate hung?',
      lookedFor: ['gate', 'hung'],
      missing: [],
      outcome: 'answered',
      absentBecause: null,
      text: 'The first gate was hung in July. It cost 6.1 million pounds.',
      claims: [
        {
          text: 'The first gate was hung in July.',
          locators: [page(2)],
          supported: true,
          score: 0.8,
          support: 'close',
          notes: [],
          documentId,
          passages: [1],
        },
        {
          text: 'It cost 6.1 million pounds.',
          locators: [],
          supported: false,
          score: 0.2,
          support: 'none',
          notes: [{ kind: 'number', said: '6.1' }],
          documentId: null,
          passages: [],
        },
      ],
      provenance: { ...made, model, prompt: { id: 'question-answer', version: '1' } },
    },
    {
      ...shared,
      id: 'a2',
      question: 'What is the telephone number of the contractor?',
      lookedFor: ['telephone', 'number', 'contractor'],
      missing: ['telephone'],
      outcome: 'absent',
      absentBecause: 'search',
      text: '',
      claims: [],
      provenance: { ...made, model: null, prompt: null },
    },
  ]
}

/** The states of the Ask view of a document. */
export function questionStates(documentId: string): readonly RoomState[] {
  const hash = `#/documents/${documentId}/ask`
  const thread: QuestionThread = {
    id: 't1',
    scope: { documentId },
    title: 'When was the first gate hung?',
    answers: 2,
    createdAt: at,
    updatedAt: at,
  }
  const field = async (window: Page, say: Words) =>
    window.getByRole('textbox', { name: say('questions.field') }).waitFor()
  return [
    { name: 'questions-empty', hash, answers: { 'questions.list': () => [] }, act: field },
    {
      name: 'questions-full',
      hash,
      answers: {
        'questions.ability': () => ({ mode: 'free', modelName: 'Qwen3.5 4B' }),
        'questions.list': () => [thread],
        'questions.thread': () => ({ thread, answers: [...answersAbout(documentId)] }),
      },
      async act(window, say) {
        await field(window, say)
        await window.locator('article[data-outcome="absent"]').waitFor()
        await window
          .getByRole('button', { name: say('questions.answer.nearestShow', { count: 1 }), exact: true })
          .click()
      },
    },
  ]
}
