// What answers the part of the contract about exports.
import type { ExportItem, ExportSubject, PrintPage } from '#contract/export.ts'
import type { Method, Output, Parsed } from '#contract/index.ts'
import type { Answer, Handlers, Items } from './handler.ts'

/** Exports as the contract uses them. */
export type ExportServices = {
  readonly exports: {
    make(order: Parsed<'exports.make'>, signal: AbortSignal): Items<ExportItem>
    richText(what: ExportSubject, language: 'en' | 'de'): Answer<Output<'exports.rich-text'>>
    page(what: ExportSubject, language: 'en' | 'de'): Answer<PrintPage>
  }
}

type ExportMethod = Extract<Method, `exports.${string}`>

/** Joins the methods of `preload/contract/export.ts` to the service. */
export function exportHandlers({ exports }: ExportServices): Pick<Handlers, ExportMethod> {
  return {
    'exports.make': (order, { signal }) => exports.make(order, signal),
    'exports.rich-text': ({ what, language }) => exports.richText(what, language),
    'exports.page': ({ what, language }) => exports.page(what, language),
  }
}
