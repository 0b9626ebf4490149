// `sotto ask "QUESTION" --document FILE…` and `--folder FOLDER`: passages or a checked answer, each with its place.
import type { DocumentRecord } from '#contract/document.ts'
import type { QuestionAnswer, QuestionItem, QuestionScope } from '#contract/question.ts'
import { ok, type Result, type Stream } from '#contract/result.ts'
import { printAnswer } from '../answerText.ts'
import { done, failed, stopped, type CommandContext, type Outcome } from '../command.ts'
import { addDocument } from '../readDocument.ts'
import { harmless } from '../terminal.ts'

/** Each file is asked by itself, one after another. */
export async function askDocuments(
  context: CommandContext,
  question: string,
  files: readonly string[],
): Promise<Outcome> {
  const documents: DocumentRecord[] = []
  for (const file of files) {
    const added = await addDocument(context, file)
    if (added.kind === 'failed') return failed(added.failure)
    if (added.kind === 'stopped') return stopped
    documents.push(added.document)
  }
  const answers: QuestionAnswer[] = []
  for (const { id, name } of documents) {
    const answered = await answer(context, { documentId: id }, question)
    if (!answered.ok) return failed(answered.failure)
    if (answered.value === null) return stopped
    if (documents.length > 1 && !context.json) context.terminal.print(context.terminal.strong(harmless(name)))
    if (!context.json) printAnswer(context, answered.value)
    answers.push(answered.value)
  }
  return finish(context, answers)
}

/** A folder of the library, by absolute path; says so where it is not in it. */
export async function askFolder(context: CommandContext, question: string, folder: string): Promise<Outcome> {
  const { client, terminal, translator } = context
  const folders = await client.call('library.folders', {})
  if (!folders.ok) return failed(folders.failure)
  const known = folders.value.find(({ path }) => path === folder)
  if (known === undefined) {
    terminal.note(harmless(translator.say('cli.search.noFolder', { folder })))
    return { kind: 'reported' }
  }
  const answered = await answer(context, { folderId: known.id }, question)
  if (!answered.ok) return failed(answered.failure)
  if (answered.value === null) return stopped
  if (!context.json) printAnswer(context, answered.value)
  return finish(context, [answered.value])
}

async function finish({ terminal, json }: CommandContext, answers: readonly QuestionAnswer[]): Promise<Outcome> {
  if (!json) return done
  const { askDocumentsOutput } = await import('../output.ts')
  terminal.json(askDocumentsOutput.parse({ answers: answers.map(lasting) }))
  return done
}

/** What does not change from one run to the next. */
function lasting(whole: QuestionAnswer): unknown {
  const { id: _id, threadId: _threadId, scope: _scope, provenance, passages, claims, ...answer } = whole
  const { createdAt: _createdAt, ...made } = provenance
  return {
    ...answer,
    claims: claims.map(({ documentId: _document, ...claim }) => claim),
    passages: passages.map(({ documentId: _document, ...passage }) => passage),
    provenance: made,
  }
}

/** Null when it was stopped before there was an answer. */
async function answer(
  context: CommandContext,
  scope: QuestionScope,
  question: string,
): Promise<Result<QuestionAnswer | null>> {
  const { client, signal, terminal, translator } = context
  terminal.progress(translator.say('cli.ask.looking'))
  const stream: Stream<QuestionItem> = client.stream('questions.ask', { scope, question }, { signal })
  let given: QuestionAnswer | null = null
  for (;;) {
    const step = await stream.next()
    if (step.done === true) {
      terminal.clearProgress()
      return step.value.ok ? ok(given) : step.value
    }
    const item = step.value
    if (item.type === 'answer') given = item.answer
    if (item.type === 'reading' && item.totalTokens > 0) {
      const percent = Math.floor((100 * item.evaluatedTokens) / item.totalTokens)
      terminal.progress(translator.say('cli.progress.thinking', { percent }))
    }
  }
}
