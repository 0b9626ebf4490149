// Exports as a window uses them: a result gathered from its room, laid out in words, written in a format, in pieces.
import type { ExportFile } from '#contract/exportFile.ts'
import type { ExportFormat, ExportItem, ExportSubject } from '#contract/export.ts'
import type { Language } from '#contract/language.ts'
import { ok, type Result, type Stream } from '#contract/result.ts'
import { exportFile } from '#contract/exportFile.ts'
import type { Logger } from '../host.ts'
import { gather, type GatherNeeds } from './gather.ts'
import { loadExportWords } from './exportWords.ts'
import type { ExportPage } from './logic/exportPage.ts'
import { fileNameOf } from './logic/fileName.ts'
import { htmlOf, richTextOf } from './logic/htmlWriter.ts'
import { layOut } from './logic/layOut.ts'
import { markdownOf } from './logic/markdownWriter.ts'
import { plainTextOf } from './logic/textWriter.ts'
import { withVisibleText } from './logic/visibleText.ts'
import { readFonts } from './pdfFonts.ts'

/** What the service needs besides the rooms it takes results from. */
export type ExportNeeds = GatherNeeds & {
  readonly resources: string
  readonly appVersion: string
  readonly logger: Logger
  readonly now: () => Date
}

/** What is exported, how, and in which language its words are. */
export type ExportOrder = { readonly what: ExportSubject; readonly format: ExportFormat; readonly language: Language }

/** Bytes of one piece. */
const pieceBytes = 512 * 1024

const kinds: Readonly<Record<ExportFormat, { readonly extension: string; readonly mediaType: string }>> = {
  markdown: { extension: 'md', mediaType: 'text/markdown;charset=utf-8' },
  docx: { extension: 'docx', mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
  pdf: { extension: 'pdf', mediaType: 'application/pdf' },
  html: { extension: 'html', mediaType: 'text/html;charset=utf-8' },
  json: { extension: 'json', mediaType: 'application/json' },
  text: { extension: 'txt', mediaType: 'text/plain;charset=utf-8' },
}

/** Makes files; writes none. */
export class ExportService {
  readonly #needs: ExportNeeds

  constructor(needs: ExportNeeds) {
    this.#needs = needs
  }

  /** The file in pieces, then its name. Failures: `not-found`, those of the rooms. */
  async *make({ what, format, language }: ExportOrder, signal: AbortSignal): Stream<ExportItem> {
    const started = this.#needs.now().getTime()
    const prepared = await this.#prepare(what, language)
    if (!prepared.ok) return prepared
    const { extension, mediaType } = kinds[format]
    const fileName = fileNameOf(prepared.value.file.title, extension)
    const written = signal.aborted ? null : await this.#write(prepared.value, format, signal)
    if (written === null) {
      yield { type: 'finished', reason: 'stopped', fileName, mediaType, bytes: 0, withoutGlyph: 0 }
      return ok(undefined)
    }
    const { bytes, withoutGlyph } = written
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      yield { type: 'piece', base64: Buffer.from(bytes.subarray(at, at + pieceBytes)).toString('base64') }
    }
    const milliseconds = this.#needs.now().getTime() - started
    this.#needs.logger.info('exports.make', { format, kind: what.kind, bytes: bytes.length, milliseconds })
    yield { type: 'finished', reason: 'complete', fileName, mediaType, bytes: bytes.length, withoutGlyph }
    return ok(undefined)
  }

  /** The same result for the clipboard. Failures as `make`. */
  async richText(what: ExportSubject, language: Language): Promise<Result<{ html: string; text: string }>> {
    const prepared = await this.#prepare(what, language)
    if (!prepared.ok) return prepared
    return ok({ html: richTextOf(prepared.value.page), text: plainTextOf(prepared.value.page) })
  }

  /** The same result laid out in blocks, for the window's own print. Failures as `make`. */
  async page(
    what: ExportSubject,
    language: Language,
  ): Promise<Result<Pick<ExportPage, 'language' | 'title' | 'blocks'>>> {
    const prepared = await this.#prepare(what, language)
    if (!prepared.ok) return prepared
    const { title, blocks } = prepared.value.page
    return ok({ language, title, blocks })
  }

  async #prepare(what: ExportSubject, language: Language): Promise<Result<Prepared>> {
    const words = await loadExportWords(this.#needs.resources, language)
    const gathered = await gather(what, this.#needs, words)
    if (!gathered.ok) return gathered
    const { title, content } = gathered.value
    const file = withVisibleText<ExportFile>({
      format: 'sotto-export',
      version: 1,
      language,
      appVersion: this.#needs.appVersion,
      exportedAt: this.#needs.now().toISOString(),
      title,
      ...content,
    })
    return ok({ file, page: layOut(file, words.say, words.writeDate) })
  }

  async #write({ file, page }: Prepared, format: ExportFormat, signal: AbortSignal): Promise<Written | null> {
    switch (format) {
      case 'markdown':
        return written(markdownOf(page))
      case 'html':
        return written(htmlOf(page))
      case 'text':
        return written(plainTextOf(page))
      case 'json':
        return written(`${JSON.stringify(exportFile.parse(file), null, 2)}\n`)
      // The two big writers are loaded when they are needed.
      case 'docx': {
        const { docxOf } = await import('./docxWriter.ts')
        return { bytes: await docxOf(page), withoutGlyph: 0 }
      }
      case 'pdf': {
        const { pdfOf } = await import('./pdfWriter.ts')
        return pdfOf(page, await readFonts(this.#needs.resources), signal)
      }
    }
  }
}

type Prepared = { readonly file: ExportFile; readonly page: ExportPage }
type Written = { readonly bytes: Uint8Array; readonly withoutGlyph: number }

function written(text: string): Written {
  return { bytes: new TextEncoder().encode(text), withoutGlyph: 0 }
}
