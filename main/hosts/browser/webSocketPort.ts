// A FramePort over one WebSocket of the `ws` package.
import type { FramePort } from '#contract/frames.ts'
import type { WebSocket } from 'ws'

/** Wraps an open socket. Binary messages are not part of the protocol and close the connection. */
export function webSocketPort(socket: WebSocket): FramePort {
  // An error is always followed by `close`; without a listener it would end the process.
  socket.on('error', () => undefined)
  return {
    post(text) {
      if (socket.readyState === socket.OPEN) socket.send(text)
    },
    onFrame(listener) {
      socket.on('message', (data, isBinary) => {
        if (isBinary) socket.close(1003)
        else listener((data as Buffer).toString('utf8')) // as: the default binaryType gives whole messages as Buffer
      })
    },
    onClose(listener) {
      socket.on('close', () => listener())
    },
    close() {
      socket.close()
    },
  }
}
