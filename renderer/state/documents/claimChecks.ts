// What a person does to check a summary: units read again, and the prompts it was made with.
import type { Failure } from '#contract/failures.ts'
import type { ShippedPrompt } from '#contract/prompt.ts'
import type { Result } from '#contract/result.ts'
import type { Summary } from '#contract/summary.ts'
import type { SliceTools } from '../slice.ts'

/** One unit being read again, or read. */
export type Reread = {
  readonly unit: number
  readonly phase: 'reading' | 'done' | 'failed'
  readonly charactersBefore: number
  readonly characters: number
  /** True when parts of the summary are made again for it. */
  readonly redoing: boolean
  readonly failure: Failure | null
}

/** Everything about checking. Rereads by document: the summary they were asked for is soon followed by another. */
export type ClaimChecksPart = {
  readonly rereads: Readonly<Record<string, Reread>>
  /** By `<id>@<version>`. */
  readonly shippedPrompts: Readonly<Record<string, Result<ShippedPrompt>>>
  rereadUnit(summary: Summary, unit: number): Promise<void>
  loadPrompt(id: string, version: string): Promise<void>
}

/** A unit that has only just been asked for. */
const asked = { charactersBefore: 0, characters: 0, redoing: false, failure: null } as const

/** The parts of the state about checking. */
export function createClaimChecks({ set, get, client }: SliceTools): ClaimChecksPart {
  function put(documentId: string, reread: Reread): void {
    set({ rereads: { ...get().rereads, [documentId]: reread } })
  }
  return {
    rereads: {},
    shippedPrompts: {},
    async rereadUnit(summary, unit) {
      if (get().rereads[summary.documentId]?.phase === 'reading') return
      put(summary.documentId, { ...asked, unit, phase: 'reading' })
      const read = await client.call('summaries.reread', { summaryId: summary.id, unit })
      if (!read.ok) return put(summary.documentId, { ...asked, unit, phase: 'failed', failure: read.failure })
      const { jobId, characters, charactersBefore } = read.value
      put(summary.documentId, {
        unit,
        phase: 'done',
        charactersBefore,
        characters,
        redoing: jobId !== null,
        failure: null,
      })
      // Another text than before: the page and the source show what is there now.
      if (characters !== charactersBefore) await get().openDocument(summary.documentId)
    },
    async loadPrompt(id, version) {
      const key = `${id}@${version}`
      if (get().shippedPrompts[key]?.ok === true) return
      const prompt = await client.call('prompts.get', { id, version })
      set({ shippedPrompts: { ...get().shippedPrompts, [key]: prompt } })
    },
  }
}
