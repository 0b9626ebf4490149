// The one IPC channel: frames of the contract as strings, null for “a page is here” and “it is over”; senders checked.
import type { FramePort } from '#contract/frames.ts'
import { framesChannel, maxFrameCharacters } from '#contract/protocol.ts'
import { isOurAddress } from './address.ts'
import type { Electron, WebContents, WebFrameMain } from './electronApi.ts'

/** Who sends: as much of Electron's event as is looked at. */
export type Sender = { readonly sender: WebContents; readonly senderFrame: WebFrameMain | null }

/** True for the top frame of a living page of ours that shows our address; whoever else sends is not heard. */
export function isOurSender({ sender, senderFrame }: Sender, isOurs: (contents: WebContents) => boolean): boolean {
  if (senderFrame === null || sender.isDestroyed() || !isOurs(sender)) return false
  if (senderFrame.isDestroyed() || senderFrame.parent !== null) return false
  return senderFrame.origin === 'app://sotto' && isOurAddress(senderFrame.url)
}

/** What the ports are made from. `refused` hears of messages that were not taken; never what they said. */
export type IpcPortsDeps = {
  readonly ipcMain: Electron['ipcMain']
  readonly isOurs: (contents: WebContents) => boolean
  readonly refused: (why: 'sender' | 'shape') => void
  /** A page has asked its first question: from here on it hears events. */
  readonly onTalking: () => void
}

/** A FramePort per page that announced itself. Pages that come before `serve` wait for it. */
export class IpcPorts {
  readonly #deps: IpcPortsDeps
  readonly #ports = new Map<WebContents, IpcPort>()
  readonly #waiting = new Set<WebContents>()
  #attach: ((port: FramePort) => void) | undefined

  constructor(deps: IpcPortsDeps) {
    this.#deps = deps
    deps.ipcMain.on(framesChannel, (event, message: unknown) => this.#hear(event, message))
  }

  /** From now on every page gets a port; `attach` is called in the turn the port is made. */
  serve(attach: (port: FramePort) => void): void {
    this.#attach = attach
    for (const contents of this.#waiting) this.#open(contents)
    this.#waiting.clear()
  }

  /** True while a page is connected. */
  get connected(): boolean {
    return this.#ports.size > 0
  }

  /** True while a page is connected that hears events. */
  get talking(): boolean {
    return [...this.#ports.values()].some((port) => port.talking)
  }

  /** The page is gone or about to be replaced: what it asked for is nobody's any more. */
  drop(contents: WebContents): void {
    this.#waiting.delete(contents)
    this.#ports.get(contents)?.end()
    this.#ports.delete(contents)
  }

  #hear(event: Sender, message: unknown): void {
    if (!isOurSender(event, this.#deps.isOurs)) return this.#deps.refused('sender')
    if (message === null) return this.#announced(event.sender)
    const port = this.#ports.get(event.sender)
    if (typeof message !== 'string' || message.length > maxFrameCharacters) {
      this.#deps.refused('shape')
      port?.close()
      return
    }
    if (port === undefined) return
    const first = !port.talking
    port.hear(message)
    if (first) this.#deps.onTalking()
  }

  /** A page that announces itself anew was loaded anew. */
  #announced(contents: WebContents): void {
    this.drop(contents)
    if (this.#attach === undefined) this.#waiting.add(contents)
    else this.#open(contents)
  }

  #open(contents: WebContents): void {
    if (contents.isDestroyed()) return
    const port = new IpcPort(contents, () => this.#ports.delete(contents))
    this.#ports.set(contents, port)
    this.#attach?.(port)
  }
}

class IpcPort implements FramePort {
  readonly #contents: WebContents
  readonly #onOver: () => void
  #onFrame: (text: string) => void = () => undefined
  #onClose: () => void = () => undefined
  #open = true
  /** Whether a frame has come from the page. */
  talking = false

  constructor(contents: WebContents, onOver: () => void) {
    this.#contents = contents
    this.#onOver = onOver
  }

  post(text: string): void {
    if (this.#open && !this.#contents.isDestroyed()) this.#contents.send(framesChannel, text)
  }

  onFrame(listener: (text: string) => void): void {
    this.#onFrame = listener
  }

  onClose(listener: () => void): void {
    this.#onClose = listener
  }

  /** Ends the connection from this side and tells the page. */
  close(): void {
    if (!this.#open) return
    if (!this.#contents.isDestroyed()) this.#contents.send(framesChannel, null)
    this.#onOver()
    this.end()
  }

  hear(text: string): void {
    this.talking = true
    if (this.#open) this.#onFrame(text)
  }

  end(): void {
    if (!this.#open) return
    this.#open = false
    this.#onClose()
  }
}
