// A package of parts that refer to each other: opened behind the guard, references resolved inside it and nowhere else.
import { ok, type Result } from '#contract/result.ts'
import { XmlValues } from '../../logic/office/xmlValues.ts'
import type { XmlTaker } from '../../logic/office/xmlEvent.ts'
import { openArchive, type Archive } from '../archive/openArchive.ts'
import { resolvePart } from '../archive/partNames.ts'
import { corrupt, Refusal, refused, unsafe } from '../archive/refusal.ts'
import type { DocumentSource, FormatReader, ReadContext, Reading, ReadingEnd } from '../formatReader.ts'
import { takePart, type XmlOptions } from './xmlPart.ts'

/** Most bytes of a part that is kept whole in memory (styles, notes, lists), as against one that is read through. */
const MOST_KEPT_BYTES = 20_000_000
/** Most bytes of all charts and diagrams together; they have an allowance of their own, so that text is never short of it. */
const MOST_FIGURE_BYTES = 100_000_000

/** A reference from one part to another inside the package. */
export type Relationship = { readonly id: string; readonly type: string; readonly part: string }

/** An open package and the name failures carry. */
export class Package {
  readonly archive: Archive
  readonly name: string
  readonly #figures: Archive
  readonly #limitCharacters: number

  constructor(archive: Archive, { name, limits }: ReadContext) {
    this.archive = archive
    this.#figures = archive.beside(MOST_FIGURE_BYTES)
    this.name = name
    this.#limitCharacters = limits.characters
  }

  /** Reads a small part into a taker, which stays as it is where the package has no such part. */
  async take<T extends XmlTaker>(part: string | null, taker: T, options: XmlOptions = {}): Promise<T> {
    return this.#take(this.archive, part, taker, options)
  }

  /** Reads a chart's or diagram's part, like `take`, and counts it with the figures. */
  async takeFigure<T extends XmlTaker>(part: string, taker: T): Promise<T> {
    return this.#take(this.#figures, part, taker)
  }

  /** What a part refers to inside the package; outside targets are left alone. `part` '' means the package itself. */
  async relationships(part: string): Promise<readonly Relationship[]> {
    const at = part.lastIndexOf('/') + 1
    const rels = `${part.slice(0, at)}_rels/${part.slice(at)}.rels`
    const values = await this.take(rels, new XmlValues('rel:Relationship'))
    return values.all('rel:Relationship').flatMap(({ Id = '', Type = '', Target = '', TargetMode }) => {
      const target = TargetMode === 'External' ? null : resolvePart(part, Target)
      return target === null || !this.archive.has(target)
        ? []
        : [{ id: Id, type: Type.split('/').at(-1) ?? '', part: target }]
    })
  }

  /** The main part of an Office Open XML package. */
  async mainPart(): Promise<string> {
    const main = (await this.relationships('')).find(({ type }) => type === 'officeDocument')
    if (main === undefined) throw corrupt(this.name)
    return main.part
  }

  /** The title in the package's own properties. */
  async title(): Promise<string | null> {
    const core = (await this.relationships('')).find(({ type }) => type === 'core-properties')
    return (await this.take(core?.part ?? null, new XmlValues('dc:title'))).text('dc:title')
  }

  async #take<T extends XmlTaker>(
    archive: Archive,
    part: string | null,
    taker: T,
    options: XmlOptions = {},
  ): Promise<T> {
    if (part === null || !archive.has(part)) return taker
    if (archive.sizeOf(part) > MOST_KEPT_BYTES) throw unsafe(this.name, 'size')
    return takePart(archive, part, this.name, taker, options)
  }

  /** Throws when a document has more text than a reading takes on. */
  checkLength(characters: number): void {
    const limitCharacters = this.#limitCharacters
    if (characters <= limitCharacters) return
    throw new Refusal({ code: 'document-too-long', details: { name: this.name, limitCharacters } })
  }
}

/** A reader over an open package; refusals it throws become its failures, and the archive is closed whatever happens. */
export function packageReader(read: (document: Package) => AsyncGenerator<Reading, ReadingEnd, void>): FormatReader {
  return (source, context) => readPackage(source, context, read)
}

async function* readPackage(
  source: DocumentSource,
  context: ReadContext,
  read: (document: Package) => AsyncGenerator<Reading, ReadingEnd, void>,
): AsyncGenerator<Reading, Result<ReadingEnd>, void> {
  let archive: Archive | null = null
  try {
    archive = await openArchive(source, context.name) // closed in `finally`
    return ok(yield* read(new Package(archive, context)))
  } catch (error) {
    return refused(error, context.name)
  } finally {
    archive?.close()
  }
}
