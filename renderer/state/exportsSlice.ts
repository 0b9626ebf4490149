// Exports: one on its way at a time, what became of the last, and the page being printed.
import type { ExportFormat, ExportSubject, PrintPage } from '#contract/export.ts'
import type { Failure } from '#contract/failures.ts'
import type { Language } from '#contract/language.ts'
import type { SliceTools } from './slice.ts'

/** A finished file in memory. `withoutGlyph` characters stand in it by their codes. */
export type MadeFile = {
  readonly name: string
  readonly mediaType: string
  readonly bytes: readonly Uint8Array<ArrayBuffer>[]
  readonly withoutGlyph: number
}

/** What the window knows of exports. `exporting` and `exportFailure` name the subject they are about by `exportKey`. */
export type ExportsSlice = {
  readonly exporting: { readonly key: string; readonly format: ExportFormat | 'copy' | 'print' } | null
  readonly exportFailure: { readonly key: string; readonly failure: Failure } | null
  readonly printPage: PrintPage | null
  /** Makes a file; null when it failed or another one is on its way. */
  makeExport(what: ExportSubject, format: ExportFormat, language: Language): Promise<MadeFile | null>
  /** A result as HTML and plain text; null when it failed. */
  exportRichText(
    what: ExportSubject,
    language: Language,
  ): Promise<{ readonly html: string; readonly text: string } | null>
  /** Lays a result out for the printer; it stays until `closePrint`. */
  openPrint(what: ExportSubject, language: Language): Promise<void>
  closePrint(): void
}

/** The name of a subject among others. */
export function exportKey(what: ExportSubject): string {
  return JSON.stringify(what)
}

/** Makes exports; files stay in memory until whoever asked has saved them. */
export function createExportsSlice({ set, get, client }: SliceTools): ExportsSlice {
  /** Runs one at a time and keeps what went wrong. */
  async function alone<T>(
    what: ExportSubject,
    format: ExportFormat | 'copy' | 'print',
    work: () => Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }>,
  ): Promise<T | null> {
    if (get().exporting !== null) return null
    const key = exportKey(what)
    set({ exporting: { key, format }, exportFailure: null })
    const done = await work()
    set({ exporting: null, exportFailure: done.ok ? null : { key, failure: done.failure } })
    return done.ok ? done.value : null
  }
  return {
    exporting: null,
    exportFailure: null,
    printPage: null,
    makeExport: (what, format, language) =>
      alone<MadeFile | null>(what, format, async () => {
        const items = client.stream('exports.make', { what, format, language })
        const bytes: Uint8Array<ArrayBuffer>[] = []
        let made: MadeFile | null = null
        for (;;) {
          const step = await items.next()
          if (step.done === true) return step.value.ok ? { ok: true, value: made } : step.value
          if (step.value.type === 'piece') bytes.push(decoded(step.value.base64))
          else {
            const { fileName, mediaType, withoutGlyph, reason } = step.value
            if (reason === 'complete') made = { name: fileName, mediaType, bytes, withoutGlyph }
          }
        }
      }),
    exportRichText: (what, language) => alone(what, 'copy', () => client.call('exports.rich-text', { what, language })),
    async openPrint(what, language) {
      const page = await alone(what, 'print', () => client.call('exports.page', { what, language }))
      if (page !== null) set({ printPage: page })
    },
    closePrint: () => set({ printPage: null }),
  }
}

function decoded(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}
