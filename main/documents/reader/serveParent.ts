// The reader's side of the conversation with its parent: the first request says which server this process is.
import { connectParent, type ParentPort } from '../../parentPort.ts'
import { watchRequest } from '../watchProtocol.ts'

/**
 * Waits for the first request and serves what it is about: one document, or one folder. A message that does not parse is
 * a bug of the parent's and ends the process.
 */
export function serveParent(): void {
  const port = connectParent()
  let take: ((message: unknown) => void) | null = null
  const early: unknown[] = []
  port.onMessage((message) => {
    if (take !== null) return take(message)
    early.push(message)
    if (early.length > 1) return
    void chooseServer(port, message).then((server) => {
      take = server
      for (const waiting of early.splice(0)) server(waiting)
    })
  })
}

/** Watching needs what reading does not, so each loads its own. */
async function chooseServer(port: ParentPort, first: unknown): Promise<(message: unknown) => void> {
  if (!watchRequest.safeParse(first).success) {
    const { documentServer } = await import('./serveDocument.ts')
    return documentServer(port)
  }
  const { FolderWatchServer } = await import('./folderWatchServer.ts')
  const server = new FolderWatchServer(port)
  return (message) => server.take(watchRequest.parse(message))
}
