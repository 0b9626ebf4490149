// Turns that a provider is to answer: what would be sent of a conversation, and what waits for a grant.
import type { Parsed } from '#contract/index.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import type { TurnPlan } from './turnPlan.ts'
import { AttachedDocuments } from './attachedDocuments.ts'
import type { ChatDocuments, ChatPrompts } from './chatSources.ts'
import type { ChatCloudTask, CloudPiece } from './cloudSeam.ts'
import { plainName } from './logic/promptText.ts'
import type { TurnPlanner } from './turnPlanner.ts'

/** A turn that waits to be run, with the hash of its only document (null: none or several). */
export type WaitingTurn = {
  readonly plan: TurnPlan
  readonly documentSha256: string | null
  readonly prompt: { readonly id: string; readonly version: string }
}

/** Tokens an answer may have, thinking included. */
const answerTokens = 16_000
/** Turns that wait; the oldest go first. */
const waitingLimit = 100

const rewriteWays: Readonly<Record<Parsed<'chat.prepare-rewrite'>['style'], string>> = {
  clearer: 'clearer and easier to read',
  shorter: 'shorter, without losing a statement',
  formal: 'in a formal tone',
  friendly: 'in a friendly tone',
  own: '',
}

/** Builds the tasks of chat and remembers which turn each belongs to. */
export class CloudTurns {
  readonly #deps: {
    readonly planner: TurnPlanner
    readonly documents: ChatDocuments
    readonly prompts: ChatPrompts
  }
  readonly #waiting = new Map<string, WaitingTurn>()

  constructor(deps: {
    readonly planner: TurnPlanner
    readonly documents: ChatDocuments
    readonly prompts: ChatPrompts
  }) {
    this.#deps = deps
  }

  /** The turn a message makes, and the task that would send it. Failures: `invalid-input`, `not-found`, the storage's. */
  async message(
    input: Parsed<'chat.prepare-cloud'>,
  ): Promise<Result<{ readonly task: ChatCloudTask; readonly turn: WaitingTurn }>> {
    const { conversationId, regenerate, history, text, parentId, documentIds } = input
    const asked = { conversationId, overflow: 'ask' as const, seed: undefined }
    const plan =
      regenerate === undefined
        ? await this.#deps.planner.send({ ...asked, text, documentIds, ...(parentId !== undefined && { parentId }) })
        : await this.#deps.planner.regenerate({ ...asked, messageId: regenerate })
    if (!plan.ok) return plan
    const attached = new AttachedDocuments(this.#deps)
    const prompt = this.#deps.prompts.get('chat-cloud')
    const pieces: CloudPiece[] = [{ kind: 'instructions', title: null, text: prompt.render({}), fixed: true }]
    const documents = new Map<string, string>()
    const messages = history ? [...plan.value.before, plan.value.person] : [plan.value.person]
    for (const message of messages) {
      const records = await attached.records(message.documentIds, message === plan.value.person)
      if (!records.ok) return records
      for (const record of records.value) {
        const fenced = await attached.fenced({
          record: { ...record, name: plainName(record.name) },
          usedSegments: null,
        })
        if (!fenced.ok) return fenced
        documents.set(record.id, record.sha256)
        pieces.push({ kind: 'document', title: record.name, text: fenced.value, fixed: false })
      }
      pieces.push({ kind: message.role, title: null, text: message.text, fixed: false })
    }
    const task: ChatCloudTask = {
      kind: 'message',
      conversationId,
      documents: [...documents].map(([id, sha256]) => ({ id, sha256 })),
      pieces: pieces.filter((piece) => piece.text !== ''),
      maxOutputTokens: answerTokens,
      requests: 1,
      vault: 'conversation',
    }
    const hashes = [...new Set(documents.values())]
    const documentSha256 = hashes.length === 1 ? (hashes[0] ?? null) : null
    const { id, version } = prompt
    return ok({ task, turn: { plan: plan.value, documentSha256, prompt: { id, version } } })
  }

  /** The task that would have a text rewritten. Failure: `invalid-input` for style `own` without an instruction. */
  rewrite(input: Parsed<'chat.prepare-rewrite'>): Result<ChatCloudTask> {
    const { style, text, conversationId } = input
    const how = style === 'own' ? (input.instruction?.trim() ?? '') : rewriteWays[style]
    if (how === '') return fail('invalid-input', { issues: ['instruction'] })
    const prompt = this.#deps.prompts.get('chat-rewrite').render({ how, text })
    return ok({
      kind: 'rewrite',
      conversationId: conversationId ?? null,
      documents: [],
      pieces: [{ kind: 'person', title: null, text: prompt, fixed: false }],
      maxOutputTokens: answerTokens,
      requests: 1,
      vault: conversationId === undefined ? 'task' : 'conversation',
    })
  }

  /** Remembers a turn under its task, so that a grant for any draft of the task finds it. */
  wait(taskId: string, turn: WaitingTurn): void {
    this.#waiting.set(taskId, turn)
    for (const oldest of this.#waiting.keys()) {
      if (this.#waiting.size <= waitingLimit) break
      this.#waiting.delete(oldest)
    }
  }

  /** The turn of a task. */
  turnOf(taskId: string): WaitingTurn | undefined {
    return this.#waiting.get(taskId)
  }

  /**
   * After an attempt the person's message is stored; a further attempt at the same task is another answer to it. The
   * tree is read again, because it has grown.
   */
  async stored(taskId: string): Promise<Result<WaitingTurn | undefined>> {
    const turn = this.#waiting.get(taskId)
    if (turn === undefined) return ok(undefined)
    const { plan } = turn
    const loaded = await this.#deps.planner.load(plan.conversationId)
    if (!loaded.ok) return loaded
    const { tree } = loaded.value
    const personIsStored = tree.some(({ id }) => id === plan.person.id)
    return ok({ ...turn, plan: { ...plan, tree, personIsStored } })
  }
}
