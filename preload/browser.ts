// `window.sotto` in the browser host: a FramePort over the one loopback WebSocket. A script of its own, ahead of the window's.
import type { FramePort } from '#contract/frames.ts'

/**
 * Opens the socket of the page's own origin. Frames posted before it is open wait, and frames that come before anyone
 * listens are kept: the window's script may be fetched in between. A refused socket closes the port.
 */
export function openBrowserPort(): FramePort {
  const socket = new WebSocket(`ws://${window.location.host}/frames`)
  const waiting: string[] = []
  const early: string[] = []
  let hear: (text: string) => void = (text) => void early.push(text)
  socket.addEventListener('open', () => {
    for (const text of waiting.splice(0)) socket.send(text)
  })
  socket.addEventListener('message', (event: MessageEvent<string>) => hear(event.data))
  return {
    post(text) {
      if (socket.readyState === WebSocket.CONNECTING) waiting.push(text)
      else if (socket.readyState === WebSocket.OPEN) socket.send(text)
    },
    onFrame(listener) {
      hear = listener
      for (const text of early.splice(0)) listener(text)
    },
    onClose(listener) {
      if (socket.readyState === WebSocket.CLOSED) queueMicrotask(listener)
      else socket.addEventListener('close', () => listener())
    },
    close() {
      socket.close()
    },
  }
}

Object.defineProperty(window, 'sotto', { value: openBrowserPort(), enumerable: true })
