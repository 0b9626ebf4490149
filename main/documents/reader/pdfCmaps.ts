// Gives pdfjs the tables of Adobe's predefined character sets, from the folder they lie in; a PDF only names them.
import { readFile } from 'node:fs/promises'
import path from 'node:path'

/** Where the tables lie, as pdfjs-dist packs them; what pdfjs is told stands for this folder. */
export const CMAP_FOLDER = path.join(import.meta.dirname, '..', '..', '..', 'resources', 'cmaps')

/** A table's file: the name pdfjs found in its own list, never one a document made up. */
const CMAP_FILE = /^[A-Za-z0-9-]+\.bcmap$/

/**
 * What pdfjs asks for data that is not in the document. It has the tables and nothing else: no fonts, no machine code.
 * pdfjs's own would do in Node; in a child of Electron it takes itself for a page and fetches, which is refused here.
 */
export class CmapFiles {
  /** The bytes of a table. Rejects for every other kind of data and for names that are none of a table. */
  async fetch({ kind, filename }: { readonly kind: string; readonly filename: string }): Promise<Uint8Array> {
    if (kind !== 'cMapUrl' || !CMAP_FILE.test(filename)) throw new Error('no such data is kept')
    return new Uint8Array(await readFile(path.join(CMAP_FOLDER, filename)))
  }
}
