// `sotto ask "QUESTION"`: a question to the model, or to documents; the model's answer as it is written.
import path from 'node:path'
import type { AnswerItem, Message } from '#contract/chat.ts'
import type { Failure } from '#contract/failures.ts'
import type { EngineState, ModelRecord } from '#contract/model.ts'
import { ok, type Result, type Stream } from '#contract/result.ts'
import {
  done,
  failed,
  stopped,
  wrong,
  type CommandContext,
  type Given,
  type Outcome,
  type Place,
  type Prepared,
} from '../command.ts'
import { textOption } from '../commandLine.ts'
import { harmless, wrap } from '../terminal.ts'
import { askDocuments, askFolder } from './askDocuments.ts'

type Answer = { readonly messageId: string | null; readonly reason: 'complete' | 'stopped' | 'length' | null }

const place: Place = { folder: 'asked', mode: 'own' }
/** The library of the person's own data folder, whoever has it open. */
const inLibrary: Place = { folder: 'always', mode: 'beside' }

/** Reads the arguments of `ask`. */
export function askCommand({ own, positionals, cwd }: Given): Prepared {
  const [question, extra] = positionals
  if (question === undefined || question.trim() === '') return wrong('missingQuestion')
  if (extra !== undefined) return wrong('tooMany', { value: extra })
  const given = own['document']
  const files = (Array.isArray(given) ? given : []).map((file: unknown) => path.resolve(cwd, String(file)))
  const folder = textOption(own, 'folder')
  if (folder !== null && files.length > 0) return wrong('optionValue', { option: '--folder', value: folder })
  if (folder !== null) {
    return { place: inLibrary, run: (context) => askFolder(context, question, path.resolve(cwd, folder)) }
  }
  if (files.length > 0) return { place, run: (context) => askDocuments(context, question, files) }
  return { place, run: (context) => ask(context, question) }
}

async function ask(context: CommandContext, question: string): Promise<Outcome> {
  const { client, signal } = context
  const warned = await warnOfStarter(context)
  if (!warned.ok) return signal.aborted ? stopped : failed(warned.failure)
  const conversation = await client.call('chat.create', {})
  if (!conversation.ok) return failed(conversation.failure)
  if (signal.aborted) return stopped
  const conversationId = conversation.value.id
  const answered = await readAnswer(
    context,
    client.stream('chat.send', { conversationId, text: question, documentIds: [] }, { signal }),
  )
  if ('failure' in answered) return failed(answered.failure)
  if (answered.reason === 'stopped' || answered.reason === null) return stopped
  const messages = await client.call('chat.messages', { conversationId })
  if (!messages.ok) return failed(messages.failure)
  await finish(
    context,
    answered,
    messages.value.find((message) => message.id === answered.messageId),
  )
  return done
}

/** Loads the model, and says beforehand what one that only repeats sentences can and cannot do. */
async function warnOfStarter(context: CommandContext): Promise<Result<void>> {
  const { client, terminal, translator, signal } = context
  terminal.progress(translator.say('cli.progress.loadingModel'))
  const loaded = await client.call('models.load', {}, { signal })
  terminal.clearProgress()
  if (!loaded.ok) return loaded
  const models = await client.call('models.list', {})
  if (!models.ok) return models
  const model = modelOf(loaded.value, models.value)
  if (model?.summaryMode === 'extractive') {
    terminal.note(wrap(translator.say('cli.ask.extractive', { model: model.name }), terminal.width))
    terminal.note('')
  }
  return ok(undefined)
}

function modelOf(state: EngineState, models: readonly ModelRecord[]): ModelRecord | undefined {
  return 'modelId' in state ? models.find((model) => model.id === state.modelId) : undefined
}

async function readAnswer(
  { terminal, translator, json }: CommandContext,
  stream: Stream<AnswerItem>,
): Promise<Answer | { readonly failure: Failure }> {
  let messageId: string | null = null
  let reason: Answer['reason'] = null
  let written = false
  for (;;) {
    const step = await stream.next()
    if (step.done === true) {
      terminal.clearProgress()
      if (written) terminal.print()
      return step.value.ok ? { messageId, reason } : { failure: step.value.failure }
    }
    const item = step.value
    if (item.type === 'accepted') messageId = item.answerMessageId
    if (item.type === 'reading' && item.totalTokens > 0) {
      const percent = Math.floor((100 * item.evaluatedTokens) / item.totalTokens)
      terminal.progress(translator.say('cli.progress.thinking', { percent }))
    }
    if (item.type === 'text' && !json) {
      terminal.printPart(item.text)
      written = true
    }
    if (item.type === 'finished') reason = item.reason
  }
}

async function finish(context: CommandContext, { reason }: Answer, message: Message | undefined): Promise<void> {
  const { terminal, translator, json } = context
  const provenance = message?.provenance ?? null
  if (!json) {
    if (reason === 'length') terminal.note(translator.say('cli.ask.length'))
    if (provenance === null) return
    const { model, prompt } = provenance
    const values = { model: model.name, prompt: prompt.id, version: prompt.version }
    terminal.note('')
    terminal.note(terminal.quiet(harmless(translator.say('cli.ask.provenance', values))))
    return
  }
  const { askOutput } = await import('../output.ts')
  const answer = { text: message?.text ?? '', reason }
  const { createdAt: _createdAt, ...kept } = provenance ?? { createdAt: '' }
  terminal.json(askOutput.parse({ answer, provenance: provenance === null ? null : kept }))
}
