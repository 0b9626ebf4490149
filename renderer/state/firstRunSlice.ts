// The first run: the documents that come along, and the one page shown until it has been seen.
import type { SampleDocument } from '#contract/document.ts'
import type { Failure } from '#contract/failures.ts'
import type { SliceTools } from './slice.ts'

/** How opening the sample goes. */
export type SampleReading =
  { readonly state: 'none' } | { readonly state: 'reading' } | { readonly state: 'failed'; readonly failure: Failure }

/** What the first-run page needs. */
export type FirstRunSlice = {
  /** True once the page was left in this window, even where that cannot be kept. */
  readonly welcomeLeft: boolean
  readonly samples: readonly SampleDocument[]
  readonly sampleReading: SampleReading
  refreshSamples(): Promise<void>
  /** Reads the sample into the library, leaves the page and shows it. */
  readSample(sample: SampleDocument): Promise<void>
  /** Leaves the page for good; a sample being read is left unread. */
  leaveWelcome(): void
}

/** Loads the samples on demand; remembers that the page was seen. */
export function createFirstRunSlice({ set, get, client }: SliceTools): FirstRunSlice {
  let reading: AbortController | null = null
  function leaveWelcome(): void {
    reading?.abort()
    set({ welcomeLeft: true })
    // Where it cannot be kept (a read-only folder) the page comes again next time, and nothing else is lost.
    void get().changeSetting('welcomed', true)
  }
  return {
    welcomeLeft: false,
    samples: [],
    sampleReading: { state: 'none' },
    leaveWelcome,
    async refreshSamples() {
      const samples = await client.call('documents.samples', {})
      if (samples.ok) set({ samples: samples.value })
    },
    async readSample(sample) {
      if (get().sampleReading.state === 'reading') return
      const controller = new AbortController() // gone with this call
      reading = controller
      set({ sampleReading: { state: 'reading' } })
      const items = client.stream('documents.add', { path: sample.path }, { signal: controller.signal })
      let documentId: string | null = null
      for (;;) {
        const step = await items.next()
        if (step.done === true) {
          const { value } = step
          set({ sampleReading: value.ok ? { state: 'none' } : { state: 'failed', failure: value.failure } })
          break
        }
        if (step.value.type === 'added') documentId = step.value.document.id
      }
      if (documentId === null || controller.signal.aborted) return
      await get().refreshDocuments()
      leaveWelcome()
      get().navigate('documents', documentId)
    },
  }
}
