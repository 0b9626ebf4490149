// Two platform functions in the way pdfjs uses them, without what they cost in between; a third of its time went there.
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

/** A piece of a page's text on its way from one half of pdfjs to the other; both live in this process. */
function isTextChunk(value: unknown): value is { readonly chunk: { readonly items: readonly unknown[] } } {
  if (typeof value !== 'object' || value === null || !('chunk' in value)) return false
  const { chunk } = value
  return typeof chunk === 'object' && chunk !== null && 'items' in chunk && Array.isArray(chunk.items)
}

/**
 * Replaces this process's DecompressionStream by one that inflates in a single step, and makes `structuredClone` hand
 * over pieces of text as they are: the sender starts a new list for the next piece. Only for a process that reads one
 * document and nothing else.
 */
export function installPdfjsShortcuts(): void {
  const clone = structuredClone
  function cloneOrHandOver(value: unknown, options?: Parameters<typeof clone>[1]): unknown {
    return isTextChunk(value) ? { ...value, chunk: { ...value.chunk } } : clone(value, options)
  }
  for (const [name, value] of Object.entries({
    DecompressionStream: InflateAtOnce,
    structuredClone: cloneOrHandOver,
  })) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  }
}
