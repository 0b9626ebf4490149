// Every format with a reader, one line each: what it counts itself in, and its reader, loaded when it is needed.
import type { CoverageUnit, DocumentFormat } from '#contract/document.ts'
import type { FormatReader, TextFacts } from './formatReader.ts'

/** `reader` reads bytes; `textReader` reads text whose encoding the detection found out. */
export type FormatEntry = { readonly unit: CoverageUnit } & (
  | { readonly reader: () => Promise<FormatReader> }
  | { readonly textReader: () => Promise<(facts: TextFacts) => FormatReader> }
)

/** The formats Sotto reads. A parser is loaded only for a file that needs it. */
export const formats: Readonly<Record<DocumentFormat, FormatEntry>> = {
  text: { unit: 'line', textReader: async () => (await import('./readLines.ts')).textReader },
  markdown: { unit: 'line', textReader: async () => (await import('./readLines.ts')).markdownReader },
  docx: { unit: 'paragraph', reader: async () => (await import('./office/readDocx.ts')).readDocx },
  pptx: { unit: 'slide', reader: async () => (await import('./office/readPptx.ts')).readPptx },
  xlsx: { unit: 'sheet', reader: async () => (await import('./office/readXlsx.ts')).readXlsx },
  odt: { unit: 'paragraph', reader: async () => (await import('./office/readOdf.ts')).readOdt },
  ods: { unit: 'sheet', reader: async () => (await import('./office/readOdf.ts')).readOds },
  odp: { unit: 'slide', reader: async () => (await import('./office/readOdf.ts')).readOdp },
  epub: { unit: 'chapter', reader: async () => (await import('./office/readEpub.ts')).readEpub },
  rtf: { unit: 'paragraph', reader: async () => (await import('./readRtf.ts')).readRtf },
  html: { unit: 'paragraph', textReader: async () => (await import('./readHtml.ts')).htmlReader },
  csv: { unit: 'row', textReader: async () => (await import('./readCsv.ts')).csvReader },
  eml: { unit: 'message', reader: async () => (await import('./readMail.ts')).readEml },
  mbox: { unit: 'message', reader: async () => (await import('./readMail.ts')).readMbox },
  pdf: { unit: 'page', reader: async () => (await import('./readPdf.ts')).readPdf },
}
