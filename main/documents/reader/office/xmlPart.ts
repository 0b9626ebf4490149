// Reads one XML part of a package as events: no document type, no entities but XML's own, bounded depth and tokens.
import { SaxesParser } from 'saxes'
import type { XmlEvent, XmlTaker } from '../../logic/office/xmlEvent.ts'
import type { Archive } from '../archive/openArchive.ts'
import { corrupt, unsafe } from '../archive/refusal.ts'
import { prefixes } from './namespaces.ts'

const MOST_DEPTH = 256
/** A single text or tag longer than this is no document's; in characters. */
const LONGEST_TOKEN = 16_777_216

/** How strict the part is read: `allowDoctype` lets a bare document type by, as books have it, never one with declarations. */
export type XmlOptions = { readonly allowDoctype?: boolean }

/**
 * The part's events, in lists as its bytes come. Throws `Refusal`: `document-unsafe` for a document type (which is what
 * entities need), nesting or tokens beyond reason, `document-corrupt` for what is not well-formed.
 */
export async function* xmlEvents(
  archive: Archive,
  part: string,
  name: string,
  options: XmlOptions = {},
): AsyncGenerator<readonly XmlEvent[], void, void> {
  const parser = new PartParser(name, options)
  let decoder: Decoder | null = null
  for await (const bytes of archive.stream(part)) {
    decoder ??= decoderFor(bytes)
    yield parser.push(decoder.decode(bytes, { stream: true }))
  }
  yield parser.finish(decoder?.decode() ?? '')
}

/** Gives all of a part's events to one taker and answers it. */
export async function takePart<T extends XmlTaker>(
  archive: Archive,
  part: string,
  name: string,
  taker: T,
  options: XmlOptions = {},
): Promise<T> {
  for await (const events of xmlEvents(archive, part, name, options)) for (const event of events) taker.take(event)
  return taker
}

type Decoder = InstanceType<typeof TextDecoder>

/** A decoder for a part: by byte order mark, by the shape of the first bytes, by the declaration, else UTF-8. */
export function decoderFor(bytes: Uint8Array): Decoder {
  const opening = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  if (/^(?:\xff\xfe|<\0)/.test(opening)) return new TextDecoder('utf-16le')
  if (/^(?:\xfe\xff|\0<)/.test(opening)) return new TextDecoder('utf-16be')
  const declared = /^<\?xml[^>]*encoding=["']([\w.-]+)["']/.exec(opening)?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(/^utf-16/i.test(declared) ? 'utf-8' : declared)
  } catch {
    return new TextDecoder()
  }
}

class PartParser {
  readonly #parser = new SaxesParser({ xmlns: true, position: false })
  readonly #name: string
  #events: XmlEvent[] = []
  #depth = 0
  #sinceEvent = 0

  constructor(name: string, { allowDoctype = false }: XmlOptions) {
    this.#name = name
    const parser = this.#parser
    parser.on('error', () => {
      throw corrupt(name)
    })
    parser.on('doctype', (doctype) => {
      if (!allowDoctype || doctype.includes('[')) throw unsafe(name, 'declaration')
    })
    parser.on('opentag', (tag) => {
      this.#depth += 1
      if (this.#depth > MOST_DEPTH) throw unsafe(name, 'depth')
      const attributes: Record<string, string> = {}
      for (const { prefix, local, uri, value } of Object.values(tag.attributes)) {
        attributes[prefix === '' ? local : qualified(uri, local)] = value
      }
      this.#events.push({ kind: 'open', name: qualified(tag.uri, tag.local), attributes })
    })
    parser.on('closetag', (tag) => {
      this.#depth -= 1
      this.#events.push({ kind: 'close', name: qualified(tag.uri, tag.local) })
    })
    parser.on('text', (text) => this.#events.push({ kind: 'text', text }))
    parser.on('cdata', (text) => this.#events.push({ kind: 'text', text }))
  }

  push(text: string): readonly XmlEvent[] {
    this.#parser.write(text)
    const events = this.#events
    this.#events = []
    this.#sinceEvent = events.length === 0 ? this.#sinceEvent + text.length : 0
    if (this.#sinceEvent > LONGEST_TOKEN) throw unsafe(this.#name, 'size')
    return events
  }

  finish(text: string): readonly XmlEvent[] {
    const last = this.push(text)
    this.#parser.close()
    return [...last, ...this.#events]
  }
}

function qualified(uri: string, local: string): string {
  return `${prefixes.get(uri) ?? '?'}:${local}`
}
