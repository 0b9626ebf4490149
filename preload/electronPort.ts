// The window's end of the one IPC channel: frames both ways as strings, and null for “here I am” and “it is over”.
import type { FramePort } from '#contract/frames.ts'
import { framesChannel } from '#contract/protocol.ts'

/** What of Electron's `ipcRenderer` a port needs. */
export type WindowIpc = {
  send(channel: string, message: string | null): void
  on(channel: string, listener: (event: unknown, message: unknown) => void): unknown
}

/**
 * Announces this page and answers its port. Frames that come before anyone listens are kept: the bridge stands before
 * the window's own script runs.
 */
export function openElectronPort(ipc: WindowIpc): FramePort {
  const early: string[] = []
  const state = { open: true }
  let hear: (text: string) => void = (text) => void early.push(text)
  let hearEnd: () => void = () => undefined
  function end(): void {
    if (!state.open) return
    state.open = false
    hearEnd()
  }
  ipc.on(framesChannel, (_event, message) => {
    if (typeof message === 'string') hear(message)
    else end()
  })
  ipc.send(framesChannel, null)
  return {
    post: (text) => {
      if (state.open) ipc.send(framesChannel, text)
    },
    onFrame(listener) {
      hear = listener
      for (const text of early.splice(0)) listener(text)
    },
    onClose(listener) {
      if (state.open) hearEnd = listener
      else queueMicrotask(listener)
    },
    close: end,
  }
}
