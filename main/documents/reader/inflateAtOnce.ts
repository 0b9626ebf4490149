// Gives pdfjs a DecompressionStream that inflates in one step: Node's own costs more per stream than the inflating.
import { brotliDecompressSync, inflateRawSync, inflateSync } from 'node:zlib'

/** Most bytes one stream of a document may inflate to here; what is larger pdfjs decodes itself, watched by the parent. */
const LARGEST_BYTES = 134_217_728

const INFLATE = { deflate: inflateSync, 'deflate-raw': inflateRawSync, brotli: brotliDecompressSync } as const

/** The part of DecompressionStream that pdfjs uses: one write, one close, then everything read. */
class InflateAtOnce {
  readonly #inflate: (bytes: Uint8Array) => Uint8Array
  #result: Uint8Array | Error | null = null

  constructor(format: keyof typeof INFLATE) {
    const inflate = INFLATE[format]
    this.#inflate = (bytes) => inflate(bytes, { maxOutputLength: LARGEST_BYTES })
  }

  get writable(): {
    getWriter(): { ready: Promise<void>; write(bytes: Uint8Array): Promise<void>; close(): Promise<void> }
  } {
    return {
      getWriter: () => ({
        ready: Promise.resolve(),
        write: (bytes) => {
          try {
            this.#result = this.#inflate(bytes)
          } catch (error) {
            this.#result = error instanceof Error ? error : new Error('not inflated')
          }
          return Promise.resolve()
        },
        close: () => Promise.resolve(),
      }),
    }
  }

  get readable(): AsyncIterable<Uint8Array> {
    const take = () => this.#result
    return (async function* () {
      const result = await Promise.resolve(take())
      if (result === null || result instanceof Error) throw result ?? new Error('nothing was written')
      yield result
    })()
  }
}

/** Replaces this process's DecompressionStream. Only for a process that reads documents and nothing else. */
export function inflateAtOnce(): void {
  Object.defineProperty(globalThis, 'DecompressionStream', { value: InflateAtOnce, configurable: true, writable: true })
}
