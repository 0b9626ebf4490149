// The reader's side of the conversation with its parent: one request, then messages as fast as the parent takes them.
import { connectParent, type ParentPort } from '../../parentPort.ts'
import { readerRequest, type ReaderRequest } from '../protocol.ts'
import { batchMessages } from './batchMessages.ts'
import { readDocumentFile } from './readDocumentFile.ts'

/** Batches that may be on their way before the parent must ask for more; bounds memory on both sides. */
const BATCHES_AHEAD = 4

/** Waits for the request and serves it. A message that does not parse is a bug of the parent's and ends the process. */
export function serveParent(): void {
  const port = connectParent()
  const credit = new Credit(BATCHES_AHEAD)
  port.onMessage((message) => {
    const request = readerRequest.parse(message)
    if (request.type === 'more') credit.give()
    else void serve(port, request, credit)
  })
}

async function serve(
  port: ParentPort,
  request: Extract<ReaderRequest, { type: 'read' }>,
  credit: Credit,
): Promise<void> {
  const messages = readDocumentFile(request.path, request.limits)
  for await (const message of batchMessages(messages, () => performance.now())) {
    if (message.type === 'segments') await credit.take()
    port.post(message)
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
