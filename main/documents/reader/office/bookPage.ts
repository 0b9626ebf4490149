// Reads one XHTML page of a book, leniently as reading programs do, and tells what it names in its table of contents.
import { Parser } from 'htmlparser2'
import { HtmlBlocks } from '../../logic/html/htmlBlocks.ts'
import type { HtmlBlock } from '../../logic/html/htmlTable.ts'
import { corrupt, unsafe } from '../archive/refusal.ts'
import type { Package } from './package.ts'
import { decoderFor } from './xmlPart.ts'

const MOST_PAGE_BYTES = 20_000_000
const MOST_DEPTH = 1000
const LONGEST_TITLE = 300

/** In a book notes and footers are text like any other. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['aside', 'div'],
  ['footer', 'div'],
  ['header', 'div'],
])

/** Gives the page's blocks to `write`, piece by piece. Throws `Refusal` as `xmlEvents` does. */
export async function* readBookPage(
  document: Package,
  part: string,
  write: (block: HtmlBlock) => void,
): AsyncGenerator<void, void, void> {
  const blocks = new HtmlBlocks('page', write)
  const renamed = (name: string) => RENAMED.get(name) ?? name
  yield* parse(document, part, {
    open: (name, attributes) => blocks.open(renamed(name), attributes),
    text: (text) => blocks.text(text),
    close: (name) => blocks.close(renamed(name)),
  })
  blocks.finish()
}

/** An entry of a table of contents: a reference as it stands there, and what it is called. */
export type TitleEntry = { readonly reference: string; readonly title: string }

/** What the table of contents in a book's navigation page calls the files it leads to, in order. */
export async function navigationTitles(document: Package, part: string): Promise<readonly TitleEntry[]> {
  const entries: { reference: string; title: string }[] = []
  let [inContents, inLink] = [false, false]
  const pieces = parse(document, part, {
    open(name, attributes) {
      if (name === 'nav') inContents = /\btoc\b/.test(attributes['epub:type'] ?? attributes['role'] ?? 'toc')
      inLink ||= inContents && name === 'a'
      if (inLink && name === 'a') entries.push({ reference: attributes['href'] ?? '', title: '' })
    },
    text(text) {
      const entry = entries.at(-1)
      if (inLink && entry !== undefined) entry.title = (entry.title + text).slice(0, LONGEST_TITLE)
    },
    close(name) {
      if (name === 'a') inLink = false
      if (name === 'nav') inContents = false
    },
  })
  for await (const _ of pieces) continue
  return entries
}

type PageEvents = {
  open(name: string, attributes: Readonly<Record<string, string>>): void
  text(text: string): void
  close(name: string): void
}

async function* parse(document: Package, part: string, events: PageEvents): AsyncGenerator<void, void, void> {
  const { archive, name } = document
  if (!archive.has(part)) throw corrupt(name)
  if (archive.sizeOf(part) > MOST_PAGE_BYTES) throw unsafe(name, 'size')
  let depth = 0
  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        depth += 1
        if (depth > MOST_DEPTH) throw unsafe(name, 'depth')
        events.open(tag, attributes)
      },
      ontext: (text) => events.text(text),
      onclosetag(tag) {
        depth -= 1
        events.close(tag)
      },
      onprocessinginstruction(target, data) {
        if (/^!doctype/i.test(target) && data.includes('[')) throw unsafe(name, 'declaration')
      },
    },
    { decodeEntities: true, lowerCaseTags: true, recognizeSelfClosing: true },
  )
  let decoder: ReturnType<typeof decoderFor> | null = null
  for await (const bytes of archive.stream(part)) {
    decoder ??= decoderFor(bytes)
    parser.write(decoder.decode(bytes, { stream: true }))
    yield
  }
  parser.end(decoder?.decode() ?? '')
}
