// Chat: conversations as trees, answers streamed from the model on this computer, an explicit context budget.
import { randomInt } from 'node:crypto'
import type { AnswerItem, ContextBudget, Conversation, Message, RewriteItem, SearchHit } from '#contract/chat.ts'
import type { CloudProposal } from '#contract/cloud.ts'
import type { CloudPreparation } from '#contract/cloudDraft.ts'
import type { Announce, Parsed } from '#contract/index.ts'
import { fail, ok, type Result, type Stream } from '#contract/result.ts'
import type { Logger } from '../host.ts'
import type { LocalGenerator } from '../inference/localGenerator.ts'
import type { Storage } from '../storage/storage.ts'
import { finished } from './answerEnding.ts'
import type { AnswerRun, FinishedItem } from './answerRun.ts'
import { AnswerWriter } from './answerWriter.ts'
import type { TurnPlan } from './turnPlan.ts'
import type { ChatContext, ChatDocuments, ChatPrompts } from './chatSources.ts'
import { CloudAnswerWriter } from './cloudAnswerWriter.ts'
import { type ChatCloud, type ChatGrantedTask, noCloud } from './cloudSeam.ts'
import { CloudTurns } from './cloudTurns.ts'
import { runRewrite } from './rewriteRun.ts'
import { ConversationSearch } from './conversationSearch.ts'
import { ConversationStore } from './conversationStore.ts'
import { followAnswer } from './followAnswer.ts'
import { LiveAnswers } from './liveAnswers.ts'
import { branches, newestLeaf, pathTo } from './logic/messageTree.ts'
import { type StoredConversation, type StoredMessage, toConversation, toMessage } from './storedMessage.ts'
import { processTimers, type Timers } from './timers.ts'
import { TitleKeeper } from './titleKeeper.ts'
import { TitleWriter } from './titleWriter.ts'
import { type ConversationTree, shownLeaf, TurnPlanner } from './turnPlanner.ts'
import { TurnPreparer } from './turnPreparer.ts'
import { TurnPreloader } from './turnPreloader.ts'

/** What chat needs. `newSeed` gives 0 to 2^31 - 1; both it and `timers` have the process's own as default. */
export type ChatServiceDeps = {
  readonly storage: Storage
  readonly generator: LocalGenerator
  readonly documents: ChatDocuments
  readonly prompts: ChatPrompts
  /** Absent: the context stays as large as it is. */
  readonly context?: ChatContext
  /** Absent: nothing can be sent anywhere. */
  readonly cloud?: ChatCloud
  readonly announce: Announce
  readonly logger: Logger
  readonly now: () => Date
  readonly newId: () => string
  readonly timers?: Timers
  readonly newSeed?: () => number
}

/**
 * The use cases of chat. A turn that fails before `accepted` was not stored, and the sender still has its text; from
 * `accepted` on everything is kept. One answer is written per conversation: a further turn stops the one before, whose
 * partial text stays. Answers belong to the service, not to the stream that began them; `close` stops them.
 */
export class ChatService {
  readonly #deps: ChatServiceDeps
  readonly #timers: Timers
  readonly #store: ConversationStore
  readonly #search: ConversationSearch
  readonly #planner: TurnPlanner
  readonly #preparer: TurnPreparer
  readonly #writer: AnswerWriter
  readonly #cloud: ChatCloud
  readonly #cloudTurns: CloudTurns
  readonly #cloudWriter: CloudAnswerWriter
  readonly #preloader: TurnPreloader
  readonly #titles: TitleKeeper
  readonly #live: LiveAnswers

  constructor(deps: ChatServiceDeps) {
    this.#deps = deps
    this.#timers = deps.timers ?? processTimers
    const timers = this.#timers
    const store = new ConversationStore(deps)
    this.#store = store
    this.#search = new ConversationSearch(deps)
    this.#planner = new TurnPlanner({ ...deps, store })
    this.#preparer = new TurnPreparer(deps)
    const newSeed = deps.newSeed ?? (() => randomInt(2 ** 31))
    this.#writer = new AnswerWriter({ ...deps, store, timers, newSeed, preparer: this.#preparer })
    this.#cloud = deps.cloud ?? noCloud
    this.#cloudTurns = new CloudTurns({ ...deps, planner: this.#planner })
    this.#cloudWriter = new CloudAnswerWriter({ ...deps, cloud: this.#cloud, store, timers })
    this.#preloader = new TurnPreloader({ ...deps, planner: this.#planner, preparer: this.#preparer })
    this.#titles = new TitleKeeper({ ...deps, store, timers, writer: new TitleWriter(deps) })
    this.#live = new LiveAnswers(timers)
  }

  /** Call once before anything else: answers a dead process left streaming become partial. */
  async recover(): Promise<Result<void>> {
    const recovered = await this.#store.recover()
    if (!recovered.ok) return recovered
    if (recovered.value > 0) this.#deps.logger.info('chat-recovered', { answers: recovered.value })
    return ok(undefined)
  }

  /** Every conversation, last changed first. */
  async list(): Promise<Result<readonly Conversation[]>> {
    const conversations = await this.#store.list()
    return conversations.ok ? ok(conversations.value.map(toConversation)) : conversations
  }

  /** Conversations that match, the best `limit` of them. */
  search(query: string, limit: number): Promise<Result<readonly SearchHit[]>> {
    return this.#search.find(query, limit)
  }

  /** A new, empty conversation; without a title it is named by its first message. */
  async create(input: Parsed<'chat.create'>): Promise<Result<Conversation>> {
    const at = this.#deps.now().toISOString()
    const title = input.title?.trim() ?? ''
    const conversation: StoredConversation = {
      id: this.#deps.newId(),
      title,
      titledBy: title === '' ? 'start' : 'person',
      activeMessageId: null,
      compaction: null,
      createdAt: at,
      updatedAt: at,
    }
    const created = await this.#store.create(conversation)
    if (!created.ok) return created
    this.#deps.announce('chat.conversation-changed', toConversation(conversation))
    return ok(toConversation(conversation))
  }

  /** The shown branch, first to last; an answer being written comes with what it has so far. */
  async messages(conversationId: string): Promise<Result<readonly Message[]>> {
    const loaded = await this.#planner.load(conversationId)
    return loaded.ok ? ok(this.#shown(loaded.value)) : loaded
  }

  /** Stores the person's message and streams the answer; see the contract for branches and `overflow`. */
  async *send(input: Parsed<'chat.send'>, signal: AbortSignal): Stream<AnswerItem> {
    const run = this.#begin(input.conversationId, () => this.#planner.send(input))
    return yield* followAnswer(run, { as: 'opener', signal, timers: this.#timers })
  }

  /** Streams another answer beside the one named. */
  async *regenerate(input: Parsed<'chat.regenerate'>, signal: AbortSignal): Stream<AnswerItem> {
    const run = this.#begin(input.conversationId, () => this.#planner.regenerate(input))
    return yield* followAnswer(run, { as: 'opener', signal, timers: this.#timers })
  }

  /**
   * Re-attaches to an answer: all so far as one `text` item, then deltas. One that is over gives its text and its
   * ending. Cancelling only ends the following; `stop` stops the answer.
   */
  async *follow(messageId: string, signal: AbortSignal): Stream<AnswerItem> {
    const run = this.#live.ofMessage(messageId)
    if (run !== undefined) return yield* followAnswer(run, { as: 'onlooker', signal, timers: this.#timers })
    const stored = await this.#store.message(messageId)
    if (!stored.ok) return stored
    if (stored.value.role === 'person') return fail('not-found', { what: 'message', id: messageId })
    yield { type: 'text', text: stored.value.text }
    if (stored.value.failure !== null) return { ok: false, failure: stored.value.failure }
    yield finished(stored.value.state === 'complete' ? 'complete' : 'stopped')
    return ok(undefined)
  }

  /** Stops an answer and returns when its partial text is stored; one that is over stays as it is. */
  async stop(messageId: string): Promise<Result<void>> {
    const run = this.#live.ofMessage(messageId)
    if (run === undefined) {
      const stored = await this.#store.message(messageId)
      return stored.ok ? ok(undefined) : stored
    }
    run.stop()
    await run.done
    return ok(undefined)
  }

  /** Shows the branch that contains a message, down to the newest message below it. */
  async select(messageId: string): Promise<Result<readonly Message[]>> {
    const message = await this.#store.message(messageId)
    if (!message.ok) return message
    const loaded = await this.#planner.load(message.value.conversationId)
    if (!loaded.ok) return loaded
    const { conversation, tree } = loaded.value
    const leaf = newestLeaf(tree, messageId)
    if (leaf === undefined) return fail('not-found', { what: 'message', id: messageId })
    const selected = await this.#store.select(conversation.id, leaf)
    if (!selected.ok) return selected
    return ok(this.#shown({ tree, conversation: { ...conversation, activeMessageId: leaf } }))
  }

  /** Gives a conversation the person's own title, which no model replaces. */
  async rename(conversationId: string, title: string): Promise<Result<Conversation>> {
    if (title.trim() === '') return fail('invalid-input', { issues: ['title'] })
    const stored = await this.#store.setTitle(conversationId, title.trim(), 'person')
    if (!stored.ok) return stored
    const renamed = await this.#store.conversation(conversationId)
    if (!renamed.ok) return renamed
    this.#deps.announce('chat.conversation-changed', toConversation(renamed.value))
    return ok(toConversation(renamed.value))
  }

  /** Forgets a conversation and all its messages; an answer being written there stops first. */
  async remove(conversationId: string): Promise<Result<void>> {
    const found = await this.#store.conversation(conversationId)
    if (!found.ok) return found
    this.#preloader.cancel(conversationId)
    await Promise.all([this.#live.stop(conversationId), this.#titles.abandon(conversationId)])
    const removed = await this.#store.remove(conversationId)
    if (removed.ok) this.#deps.announce('chat.conversation-removed', { conversationId })
    if (removed.ok) await this.#cloud.forget({ conversationId })
    return removed
  }

  /** What the shown branch and a draft would take of the context; loads the model if need be. */
  async budget(input: Parsed<'chat.budget'>, signal: AbortSignal): Promise<Result<ContextBudget>> {
    const draft = await this.#planner.draft(input.conversationId, input.text, input.documentIds)
    return draft.ok ? this.#preparer.budget(draft.value, signal) : draft
  }

  /** The chosen model's context, and the largest it could have here. */
  async contextRoom(signal: AbortSignal): Promise<Result<{ contextTokens: number; largestContextTokens: number }>> {
    return (await this.#deps.context?.sizes(signal)) ?? fail('model-not-installed', {})
  }

  /** Has the model read the turn while the person types; a later call for the conversation replaces an earlier one. */
  async preload(input: Parsed<'chat.preload'>, signal: AbortSignal): Promise<Result<void>> {
    if (this.#live.ofConversation(input.conversationId) !== undefined) return ok(undefined)
    return this.#preloader.preload(input, signal)
  }

  /** Drafts what would be sent to have a message answered elsewhere; stores and sends nothing. `signal` ends the search for names. */
  async prepareCloud(input: Parsed<'chat.prepare-cloud'>, signal?: AbortSignal): Promise<Result<CloudPreparation>> {
    const message = await this.#cloudTurns.message(input)
    if (!message.ok) return message
    const prepared = await this.#cloud.prepare(message.value.task, input.model, signal)
    if (prepared.ok) this.#cloudTurns.wait(prepared.value.draft.taskId, message.value.turn)
    return prepared
  }

  /** Uses a grant up and streams the answer; the run belongs to the service, as any other. */
  async *runCloud(grantId: string, signal: AbortSignal): Stream<AnswerItem> {
    const granted = this.#cloud.granted(grantId)
    const waiting = granted.ok ? this.#cloudTurns.turnOf(granted.value.taskId) : undefined
    if (!granted.ok || waiting === undefined) return await this.#refuseGrant(grantId)
    const { plan } = waiting
    this.#preloader.cancel(plan.conversationId)
    const run = this.#live.begin(plan.conversationId, async (begun) => {
      const ending = await this.#writeCloud(begun, grantId, granted.value)
      begun.end(ending)
      if (ending.ok && ending.value.reason !== 'stopped') {
        this.#titles.consider(plan.conversationId, [plan.person, { role: 'assistant', text: begun.text }])
      }
    })
    return yield* followAnswer(run, { as: 'opener', signal, timers: this.#timers })
  }

  /** Drafts what would be sent to have a text rewritten. */
  async prepareRewrite(input: Parsed<'chat.prepare-rewrite'>, signal?: AbortSignal): Promise<Result<CloudPreparation>> {
    const task = this.#cloudTurns.rewrite(input)
    return task.ok ? this.#cloud.prepare(task.value, input.model, signal) : task
  }

  /** Uses a grant up and streams the rewritten text, which is stored nowhere. */
  runRewrite(grantId: string, signal: AbortSignal): Stream<RewriteItem> {
    return runRewrite(this.#cloud, grantId, signal)
  }

  /** Where a message would be better answered; loads the model to know what it can take. */
  async proposeCloud(input: Parsed<'chat.propose-cloud'>, signal: AbortSignal): Promise<Result<CloudProposal | null>> {
    const draft = await this.#planner.draft(input.conversationId, input.text, input.documentIds)
    if (!draft.ok) return draft
    const model = await this.#deps.generator.load(signal)
    const known = model.ok ? model.value : null
    const texts = await this.#cloudTurns.message({ ...input, history: true })
    const text = texts.ok ? texts.value.task.pieces.map((piece) => piece.text).join('\n\n') : input.text
    return this.#cloud.propose({
      kind: 'message',
      text,
      localContextTokens: known?.contextTokens ?? 0,
      localCanAnswer: known?.summaryMode === 'free',
    })
  }

  /** Resolves when no answer and no title is being written; for an orderly end and for tests. */
  async idle(): Promise<void> {
    await this.#live.idle()
    await this.#titles.idle()
  }

  /** True while an answer is being written. */
  get writing(): boolean {
    return this.#live.writing
  }

  /** Stops every answer, keeping its text, and everything in the background. */
  async close(): Promise<void> {
    this.#preloader.cancelAll()
    await Promise.all([this.#live.stop(), this.#titles.abandon()])
  }

  #begin(conversationId: string, plan: () => Promise<Result<TurnPlan>>): AnswerRun {
    this.#preloader.cancel(conversationId)
    return this.#live.begin(conversationId, async (run) => run.end(await this.#write(run, plan)))
  }

  async #write(run: AnswerRun, plan: () => Promise<Result<TurnPlan>>): Promise<Result<FinishedItem>> {
    try {
      const planned = await plan()
      if (!planned.ok) return planned
      const ending = await this.#writer.write(run, planned.value)
      if (ending.ok && ending.value.reason !== 'stopped') {
        const { conversationId, person } = planned.value
        this.#titles.consider(conversationId, [person, { role: 'assistant', text: run.text }])
      }
      return ending
    } catch (error) {
      return { ok: false, failure: this.#writer.fault(error) }
    }
  }

  /** A grant that stands for no turn here goes to the door all the same, which refuses and records it. */
  /** What is stored of the turn is read when its run's time has come: an earlier run of it may have stored it meanwhile. */
  async #writeCloud(run: AnswerRun, grantId: string, task: ChatGrantedTask): Promise<Result<FinishedItem>> {
    try {
      const turn = await this.#cloudTurns.stored(task.taskId)
      if (!turn.ok) return turn
      if (turn.value === undefined) return await this.#refuseGrant(grantId)
      return await this.#cloudWriter.write(run, turn.value, grantId, task)
    } catch (error) {
      return { ok: false, failure: this.#writer.fault(error) }
    }
  }

  async #refuseGrant(grantId: string): Promise<Result<never>> {
    const ran = await this.#cloud.run(grantId, {
      kind: 'message',
      signal: AbortSignal.abort(),
      onText: () => undefined,
    })
    return ran.ok ? fail('consent-required', {}) : ran
  }

  #shown(loaded: ConversationTree): readonly Message[] {
    const places = branches(loaded.tree)
    return pathTo(loaded.tree, shownLeaf(loaded)).map((message) =>
      toMessage(this.#asItIs(message), places.get(message.id) ?? { index: 0, count: 1, siblingIds: [message.id] }),
    )
  }

  /** A row still marked streaming either is being written here and has more by now, or nobody writes it any more. */
  #asItIs(message: StoredMessage): StoredMessage {
    if (message.state !== 'streaming') return message
    const run = this.#live.ofMessage(message.id)
    return run === undefined ? { ...message, state: 'partial' } : { ...message, text: run.text }
  }
}
