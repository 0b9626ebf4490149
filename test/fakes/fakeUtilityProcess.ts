// A utility process that does only what the test tells it, and remembers what it was started with and sent.
import { EventEmitter } from 'node:events'
import type { ForkOptions } from 'electron'

/** One child; `start` gives it its process id, as Electron does a moment after `fork`. */
export class FakeUtilityProcess extends EventEmitter {
  readonly file: string
  readonly words: readonly string[]
  readonly options: ForkOptions
  readonly posted: unknown[] = []
  pid: number | undefined

  constructor(file: string, words: readonly string[], options: ForkOptions) {
    super()
    this.file = file
    this.words = words
    this.options = options
  }

  postMessage = (message: unknown): void => void this.posted.push(message)

  start(pid: number): void {
    this.pid = pid
    this.emit('spawn')
  }

  end(code: number): void {
    this.pid = undefined
    this.emit('exit', code)
  }
}
