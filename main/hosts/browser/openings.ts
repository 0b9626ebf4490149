// Lets people in: opens a window where a browser and a display are, else prints the one-time address.
import type { BrowserWindows } from './browserWindows.ts'
import { codeLifetimeMs, printedCodeLifetimeMs } from './door.ts'

/** Why an address is printed instead of a window opened. */
export type NoWindow = 'asked' | 'display' | 'browser' | 'failed'

/** What openings are made from. */
export type OpeningsDeps = {
  /** Null where no window can be opened; then `noWindow` says why. */
  readonly windows: BrowserWindows | null
  readonly noWindow: NoWindow
  /** As root the browser runs without its sandbox, which is said once. */
  readonly root: boolean
  /** A fresh address that works once, for so many milliseconds. */
  readonly address: (lifetimeMs: number) => string
  readonly say: (key: string, values?: Readonly<Record<string, unknown>>) => void
  readonly after: (milliseconds: number, then: () => void) => () => void
  /** Calls back when the person presses Enter; false where nobody can. */
  readonly onEnter: (listener: () => void) => boolean
}

/** How long an opened window may take to show itself before the address is printed as well, in milliseconds. */
export const appearMs = 20_000

/** One per run; `close` stops waiting for windows to appear. */
export class Openings {
  readonly #deps: OpeningsDeps
  /** Ends the wait for a window to appear; null while none is awaited. */
  #stopWaiting: (() => void) | null = null
  #said = false
  #printed = false

  constructor(deps: OpeningsDeps) {
    this.#deps = deps
  }

  /** Opens a window, or prints how to get one. */
  async open(): Promise<void> {
    const { windows, noWindow, root, say, address, after } = this.#deps
    if (windows === null) return this.#print(noWindow)
    if (root && !this.#said) say('noSandbox')
    if (!(await windows.open(address(codeLifetimeMs)))) return this.#print('failed')
    if (!this.#said) say('open')
    this.#said = true
    this.#stopWaiting?.()
    this.#stopWaiting = after(appearMs, () => this.browserEnded())
  }

  /** A window of ours has connected. */
  appeared(): void {
    this.#stopWaiting?.()
    this.#stopWaiting = null
  }

  /** The browser has ended or taken too long: where a window is still awaited there must be another way in. */
  browserEnded(): void {
    if (this.#stopWaiting === null) return
    this.appeared()
    this.#print('failed')
  }

  /** Safe to repeat. */
  close(): void {
    this.appeared()
  }

  #print(reason: NoWindow): void {
    const { say, onEnter } = this.#deps
    say(`noWindow.${reason}`)
    this.#printAddress()
    if (this.#printed) return
    this.#printed = true
    if (onEnter(() => this.#printAddress())) say('pressEnter')
  }

  #printAddress(): void {
    const { say, address } = this.#deps
    say('address', { address: address(printedCodeLifetimeMs), minutes: printedCodeLifetimeMs / 60_000 })
  }
}
