// Row: questions whose answers are known by construction: found at their place, and refused where nothing says so.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'
import { type Half, makeQuestions, type MadeDocument, type QuestionCorpus } from '../../fixtures/questions/corpus.ts'
import {
  askAll,
  askingOver,
  boldGuesser,
  distractor,
  honestReader,
  keepDocuments,
  qualityOf,
  type Asking,
  type Outcome,
  type Quality,
} from '../answerQuality.ts'
import type { Evidence, Row } from '../row.ts'

const repository = path.resolve(import.meta.dirname, '../../..')
const prompts = path.join(repository, 'resources/prompts')
const seed = Number(process.env['SOTTO_SEED'] ?? 20_261_120)

/** Chosen on the development half; the held-out half must reach them as well. */
const floors = {
  extractive: { top1: 0.83, top3: 0.84, refused: 0.76 },
  free: { top1: 0.74, refused: 0.76 },
  library: { top3: 0.85, refused: 0.72 },
  /** Of sentences that were guessed: the share that is marked. */
  guessesMarked: 0.98,
} as const

export const row: Row = {
  name: 'questions',
  doneWhen:
    'over at least 30 documents, 150 questions find the right place and 60 about what is absent are refused: shares ' +
    'stated per mode and half, none of the held-out half below its floor; a model that guesses is marked.',
  limitMinutes: 10,
  async run(evidence) {
    const corpus = makeQuestions(seed)
    const storage = await openMemoryStorage()
    try {
      await keepDocuments(storage, [...corpus.documents, ...distractors()])
      const asking = {
        extractive: await askingOver(storage, prompts),
        honest: await askingOver(storage, prompts, honestReader),
        guessing: await askingOver(storage, prompts, boldGuesser),
      }
      sayCorpus(evidence, corpus)
      const results: boolean[] = []
      for (const half of ['development', 'heldOut'] as const) {
        const held = await measureHalf(evidence, asking, corpus, half)
        if (half === 'heldOut') results.push(...held)
      }
      const known = corpus.questions.filter(({ answers }) => answers.length > 0).length
      const enough = corpus.documents.length >= 30 && known >= 150 && corpus.questions.length - known >= 60
      return enough && results.every(Boolean) ? 'green' : 'red'
    } finally {
      await storage.close()
    }
  },
}

type Askings = { readonly extractive: Asking; readonly honest: Asking; readonly guessing: Asking }

async function measureHalf(
  evidence: Evidence,
  asking: Askings,
  corpus: QuestionCorpus,
  half: Half,
): Promise<readonly boolean[]> {
  const questions = corpus.questions.filter(({ document }) => document.half === half)
  const extractive = qualityOf(await askAll(asking.extractive, questions, 'document'))
  evidence(`${half}, one document, passages themselves: ${inWords(extractive)}`)
  const follow = questions.filter(({ after }) => after !== null)
  evidence(`${half}, of these follow-ups: ${inWords(qualityOf(await askAll(asking.extractive, follow, 'document')))}`)
  const read = await askAll(asking.honest, questions, 'document')
  const free = qualityOf(read)
  const cited = citedRight(read)
  evidence(`${half}, one document, a model that reads: ${inWords(free)}; right place quoted ${percent(cited)}`)
  const guessed = await askAll(asking.guessing, questions, 'document')
  const marked = markedShare(guessed)
  evidence(
    `${half}, one document, a model that guesses: kept from guessing at ${percent(qualityOf(guessed).refused)} of what ` +
      `is absent, and ${percent(marked)} of the sentences it guessed are marked`,
  )
  const named = questions.filter(({ document }) => isNamed(document))
  const library = qualityOf(await askAll(asking.extractive, named, 'library'))
  evidence(`${half}, whole library, ${named.length} questions that name their document: ${inWords(library)}`)
  return [
    extractive.top1 >= floors.extractive.top1,
    extractive.top3 >= floors.extractive.top3,
    extractive.refused >= floors.extractive.refused,
    cited >= floors.free.top1,
    free.refused >= floors.free.refused,
    library.top3 >= floors.library.top3,
    library.refused >= floors.library.refused,
    marked >= floors.guessesMarked,
  ]
}

/** Answers of a reading model whose first sentence rests on the place that answers. */
function citedRight(outcomes: readonly Outcome[]): number {
  const known = outcomes.filter(({ question }) => question.answers.length > 0)
  const right = known.filter(({ question, answer }) => {
    const [claim] = answer.claims
    return (
      claim?.supported === true &&
      question.answers.some(({ text }) => text.includes(claim.text.replace(/[.!?]$/, '').slice(0, 60)))
    )
  })
  return right.length / Math.max(1, known.length)
}

function markedShare(outcomes: readonly Outcome[]): number {
  const claims = outcomes.flatMap(({ answer }) => (answer.outcome === 'answered' ? answer.claims : []))
  return claims.filter(({ supported }) => !supported).length / Math.max(1, claims.length)
}

/** Copies of a kind whose titles differ can be told apart in a library. */
function isNamed({ kind }: MadeDocument): boolean {
  return [
    ...['lease', 'minutes', 'machine', 'town', 'heizung', 'clinic', 'hausordnung'],
    ...['insurance', 'trial', 'library', 'reise'],
  ].includes(kind)
}

/** Documents that have nothing to do with any question. */
function distractors(): MadeDocument[] {
  return ['development', 'heldOut'].flatMap((half) => {
    const folder = path.join(repository, 'test/fixtures/claims', half)
    return readdirSync(folder).map((file) =>
      distractor(`other-${file}`, readFileSync(path.join(folder, file), 'utf8').replace(/^[#=+].*$/gm, '')),
    )
  })
}

function sayCorpus(evidence: Evidence, { documents, questions }: QuestionCorpus): void {
  const absent = questions.filter(({ answers }) => answers.length === 0).length
  const german = documents.filter(({ language }) => language === 'de').length
  evidence(
    `seed ${seed}: ${documents.length} documents (${german} German) and ${distractors().length} others; ` +
      `${questions.length - absent} questions with a known place, ${absent} about what is absent`,
  )
}

function inWords({ asked, top1, top3, wronglyRefused, absent, refused }: Quality): string {
  const unknown = absent === 0 ? '' : `; of ${absent} absent refused ${percent(refused)}`
  return (
    `of ${asked} answered at the right place first ${percent(top1)}, among three ${percent(top3)}, ` +
    `refused though there ${percent(wronglyRefused)}${unknown}`
  )
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
