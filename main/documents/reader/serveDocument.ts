// Reads one document for the parent: one request, then messages as fast as the parent takes them.
import { assertNever } from '#contract/result.ts'
import type { ParentPort } from '../../parentPort.ts'
import { readerRequest, type ReaderRequest } from '../protocol.ts'
import { batchMessages } from './batchMessages.ts'
import { readDocumentFile } from './readDocumentFile.ts'

/** Batches that may be on their way before the parent must ask for more; bounds memory on both sides. */
const BATCHES_AHEAD = 4

/** Takes the messages of one reading. */
export function documentServer(port: ParentPort): (message: unknown) => void {
  const credit = new Credit(BATCHES_AHEAD)
  const ranges = new Ranges(port)
  return (message) => {
    const request = readerRequest.parse(message)
    switch (request.type) {
      case 'more':
        return credit.give()
      case 'bytes':
        return ranges.take(request.id, request.bytes)
      case 'read':
        return void serve(port, request, credit, ranges)
      default:
        return assertNever(request)
    }
  }
}

async function serve(
  port: ParentPort,
  request: Extract<ReaderRequest, { type: 'read' }>,
  credit: Credit,
  ranges: Ranges,
): Promise<void> {
  const { source, limits, password } = request
  const messages = readDocumentFile(source, limits, (offset, length) => ranges.ask(offset, length), password)
  for await (const message of batchMessages(messages, () => performance.now())) {
    if (message.type === 'segments') await credit.take()
    port.post(message)
  }
}

/** Asks the parent for ranges of the document and waits for them. */
class Ranges {
  readonly #port: ParentPort
  readonly #waiting = new Map<number, (bytes: Uint8Array) => void>()
  #nextId = 0

  constructor(port: ParentPort) {
    this.#port = port
  }

  ask(offset: number, length: number): Promise<Uint8Array> {
    const id = this.#nextId++
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve)
      this.#port.post({ type: 'need', id, offset, length })
    })
  }

  take(id: number, bytes: Uint8Array): void {
    this.#waiting.get(id)?.(bytes)
    this.#waiting.delete(id)
  }
}

/** Counts batches the parent is ready for. */
class Credit {
  #left: number
  #waiting: (() => void) | null = null

  constructor(start: number) {
    this.#left = start
  }

  give(): void {
    this.#left += 1
    this.#waiting?.()
  }

  async take(): Promise<void> {
    if (this.#left === 0) await new Promise<void>((resolve) => (this.#waiting = resolve))
    this.#waiting = null
    this.#left -= 1
  }
}
