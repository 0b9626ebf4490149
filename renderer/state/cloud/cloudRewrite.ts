// A text of the composer rewritten elsewhere: how, the sheet, the result beside the original, and taking it or not.
import { newChatKey, shownChatId } from '../chat/chatState.ts'
import type { SliceTools } from '../slice.ts'
import type { CloudSlice, Rewrite } from './cloudState.ts'

type RewritePart = Pick<
  CloudSlice,
  'rewrite' | 'openRewrite' | 'changeRewrite' | 'requestRewrite' | 'stopRewrite' | 'takeRewrite' | 'closeRewrite'
>

/** The rewriting part, and the way in for a grant. */
export function createCloudRewrite(tools: SliceTools): {
  readonly part: RewritePart
  readonly run: (grantId: string, providerName: string) => Promise<void>
} {
  const { set, get, client } = tools
  let running: AbortController | null = null
  function change(changes: Partial<Rewrite>): void {
    const { rewrite } = get()
    if (rewrite !== null) set({ rewrite: { ...rewrite, ...changes } })
  }
  async function run(grantId: string, providerName: string): Promise<void> {
    const controller = new AbortController() // gone with this call
    running = controller
    change({ phase: 'working', result: '', providerName, failure: null })
    const items = client.stream('chat.run-rewrite', { grantId }, { signal: controller.signal })
    for (;;) {
      const step = await items.next()
      // Closed or taken meanwhile: what still comes belongs to no rewriting that is shown.
      if (running !== controller) return
      if (step.done === true) {
        if (!step.value.ok) change({ phase: 'failed', failure: step.value.failure })
        return
      }
      const item = step.value
      if (item.type === 'text') change({ result: (get().rewrite?.result ?? '') + item.text })
      else change({ phase: item.reason === 'complete' ? 'done' : 'stopped' })
    }
  }
  function stop(): void {
    running?.abort()
  }
  function end(): void {
    stop()
    running = null
  }
  return { run, part: { rewrite: null, ...actions(tools, { change, stop, end }) } }
}

type Hands = {
  readonly change: (changes: Partial<Rewrite>) => void
  /** What is being written ends there, and what came is kept. */
  readonly stop: () => void
  /** What is being written ends, and nothing of it is heard any more. */
  readonly end: () => void
}

function actions({ set, get }: SliceTools, { change, stop, end }: Hands): Omit<RewritePart, 'rewrite'> {
  return {
    openRewrite() {
      const conversationId = shownChatId(get())
      const text = get().drafts[conversationId ?? newChatKey]?.text ?? ''
      if (text.trim() === '') return
      end()
      const begun = { phase: 'choosing', result: '', providerName: '', failure: null } as const
      set({ rewrite: { conversationId, text, style: 'clearer', instruction: '', ...begun } })
    },
    changeRewrite: change,
    async requestRewrite(how) {
      const { rewrite } = get()
      if (rewrite === null) return
      const { conversationId, text, style } = rewrite
      const instruction = style === 'own' ? rewrite.instruction.trim() : null
      if (instruction === '') return
      await get().askCloud({ kind: 'rewrite', conversationId, text, style, instruction }, how)
    },
    stopRewrite: stop,
    takeRewrite() {
      const { rewrite } = get()
      if (rewrite === null || rewrite.result.trim() === '') return
      end()
      get().changeDraft(rewrite.result)
      set({ rewrite: null })
    },
    closeRewrite() {
      end()
      // Under an open envelope it would go out all the same, with nobody left to read the answer.
      if (get().cloudPreparing?.kind === 'rewrite') get().dropCloudPreparing()
      set({ rewrite: null })
    },
  }
}
