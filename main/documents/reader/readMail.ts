// Reads mails and mailboxes: headers, the text (else the HTML), messages within, and the names of what is attached.
import PostalMime, { type Address, type Email } from 'postal-mime'
import type { Coverage, Segment } from '#contract/document.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import { cutRanges } from '../logic/cutPoint.ts'
import { documentTitle } from '../logic/documentTitle.ts'
import { SEGMENT_CHARACTERS } from '../logic/lineBuffer.ts'
import { MboxMessages } from '../logic/mail/mboxMessages.ts'
import { SectionWriter } from '../logic/sectionWriter.ts'
import type { DocumentSource, ReadContext, Reading, ReadingEnd } from './formatReader.ts'
import { blocksOfHtml, writeHtmlBlock } from './readHtml.ts'

const SLICE_BYTES = 1_048_576
/** A message's bytes beyond these are attachments, or nothing a person wrote. */
const MESSAGE_BYTES = 33_554_432
/** Messages within messages are read so far down. */
const DEPTH = 4

const OPTIONS = { forceRfc822Attachments: true, maxNestingDepth: 100, maxHeadersSize: 2_097_152 } as const

/** What one message gave. */
type Message = {
  readonly segments: readonly Segment[]
  readonly subject: string | null
  readonly attachments: boolean
}

/** Reads one mail. Failures: `document-corrupt`, `document-without-text`, or the source's. */
export async function* readEml(
  source: DocumentSource,
  { name }: ReadContext,
): AsyncGenerator<Reading, Result<ReadingEnd>, void> {
  const size = Math.min(source.size, MESSAGE_BYTES)
  const bytes = new Uint8Array(size)
  for (let offset = 0; offset < size && source.failure === null; offset += SLICE_BYTES) {
    bytes.set(await source.read(offset, Math.min(SLICE_BYTES, size - offset)), offset)
  }
  if (source.failure !== null) return { ok: false, failure: source.failure }
  const message = await messageOf(bytes, 0, '', DEPTH)
  if (message === null) return fail('document-corrupt', { name })
  if (message.segments.length === 0) return fail('document-without-text', { name, unit: 'message', total: 1 })
  yield { type: 'segments', segments: [...message.segments] }
  yield { type: 'progress', unit: 'message', read: 1, total: 1, withoutText: [] }
  const coverage = coverageOf(1, [], message.attachments, size < source.size)
  return ok({ title: documentTitle(message.subject), coverage })
}

/**
 * Reads a mailbox message by message; one that cannot be read is counted as without text. Failures: `document-corrupt`
 * when it holds no message, `document-without-text`, `document-too-long`, or the source's.
 */
export async function* readMbox(
  source: DocumentSource,
  { name, limits }: ReadContext,
): AsyncGenerator<Reading, Result<ReadingEnd>, void> {
  const mailbox = new MboxMessages(MESSAGE_BYTES)
  const withoutText: number[] = []
  let [total, characters, attachments, cut] = [0, 0, false, false]
  for (let offset = 0; ; offset += SLICE_BYTES) {
    const isLast = offset >= source.size
    const slice = isLast ? null : await source.read(offset, Math.min(SLICE_BYTES, source.size - offset))
    if (source.failure !== null) return { ok: false, failure: source.failure }
    for (const found of slice === null ? mailbox.finish() : mailbox.push(slice)) {
      const message = await messageOf(found.bytes, total, '', DEPTH)
      total += 1
      const segments = message?.segments ?? []
      const isEmpty = segments.length === 0
      if (isEmpty) withoutText.push(total)
      attachments ||= message?.attachments === true
      cut ||= found.cut
      characters += segments.reduce((sum, { text }) => sum + text.length, 0)
      if (characters > limits.textBytes) return fail('document-too-long', { name, limitCharacters: limits.textBytes })
      yield { type: 'segments', segments: [...segments] }
      yield { type: 'progress', unit: 'message', read: total, total, withoutText: isEmpty ? [total] : [] }
    }
    if (isLast) break
    yield { type: 'progress', unit: 'message', read: total, total, withoutText: [] }
  }
  if (total === 0) return fail('document-corrupt', { name })
  if (withoutText.length === total) return fail('document-without-text', { name, unit: 'message', total })
  return ok({ title: null, coverage: coverageOf(total, withoutText, attachments, cut) })
}

function coverageOf(total: number, withoutText: readonly number[], attachments: boolean, cut: boolean): Coverage {
  const leftOut = [...(attachments ? (['attachments'] as const) : []), ...(cut ? (['rest'] as const) : [])]
  const coverage: Coverage = { unit: 'message', total, read: total, withoutText: [...withoutText] }
  return leftOut.length === 0 ? coverage : { ...coverage, leftOut }
}

/** The segments of one message, those of messages within it after its own; null when it cannot be parsed. */
async function messageOf(bytes: Uint8Array, index: number, prefix: string, depth: number): Promise<Message | null> {
  const email = await parsed(bytes)
  if (email === null) return null
  const segmentsOf = (part: string, blocks: SectionWriter) => {
    const locator = { kind: 'message', index, part: prefix + part } as const
    return blocks.drain().map(({ text, kind }) => ({ text, locator, ...(kind === undefined ? {} : { kind }) }))
  }
  const inner = email.attachments.filter((one) => one.mimeType === 'message/rfc822' && depth > 0)
  const within: Segment[] = []
  for (const [number, attachment] of inner.entries()) {
    if (typeof attachment.content === 'string') continue
    const content = new Uint8Array(attachment.content)
    const message = await messageOf(content, index, `${prefix}${number + 1}.`, depth - 1)
    within.push(...(message?.segments ?? []))
  }
  const listed = email.attachments.filter((one) => !inner.includes(one))
  const segments = [
    ...segmentsOf('headers', headersOf(email)),
    ...bodyOf(email, segmentsOf),
    ...segmentsOf('attachments', attachmentsOf(listed)),
    ...within,
  ]
  return { segments, subject: email.subject ?? null, attachments: listed.length > 0 }
}

async function parsed(bytes: Uint8Array): Promise<Email | null> {
  try {
    return await PostalMime.parse(bytes, OPTIONS)
  } catch {
    return null
  }
}

function headersOf(email: Email): SectionWriter {
  const writer = new SectionWriter()
  const addresses = (all: readonly Address[] | undefined) => (all ?? []).map(addressText).join(', ')
  const lines = [
    ['From', email.from === undefined ? '' : addressText(email.from)],
    ['To', addresses(email.to)],
    ['Cc', addresses(email.cc)],
    ['Date', email.date ?? ''],
  ]
  writer.heading(1, email.subject ?? '')
  const shown = lines.filter(([, value]) => value !== '').map(([field = '', value = '']) => `${field}: ${value}`)
  writer.block('paragraph', shown.join('\n'))
  return writer
}

function addressText(address: Address): string {
  if (address.group !== undefined) return `${address.name}: ${address.group.map(addressText).join(', ')}`
  if (address.name === '' || address.name === address.address) return address.address
  if (address.address === '') return address.name
  return `${address.name} <${address.address}>`
}

/** The text part where there is one with something in it, else the HTML part. */
function bodyOf(email: Email, segmentsOf: (part: string, blocks: SectionWriter) => Segment[]): Segment[] {
  const writer = new SectionWriter()
  if ((email.text ?? '').trim() === '') {
    for (const block of blocksOfHtml(email.html ?? '')) writeHtmlBlock(writer, block)
    return segmentsOf('html', writer)
  }
  for (const paragraph of (email.text ?? '').split(/\r?\n[ \t]*(?:\r?\n[ \t]*)+/)) {
    for (const { start, end } of cutRanges(paragraph, SEGMENT_CHARACTERS)) {
      writer.block('paragraph', paragraph.slice(start, end))
    }
  }
  return segmentsOf('text', writer)
}

/** One line for each: name, type and size; what is in them is not read. */
function attachmentsOf(attachments: Email['attachments']): SectionWriter {
  const writer = new SectionWriter()
  for (const { filename, mimeType, content } of attachments) {
    const bytes = typeof content === 'string' ? content.length : content.byteLength
    writer.block('list-item', [filename ?? '', mimeType, `${bytes} B`].filter((part) => part !== '').join(', '))
  }
  return writer
}
