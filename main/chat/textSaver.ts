// Saves a growing answer from time to time, so that a dead process loses a second of it at most.
import type { Result } from '#contract/result.ts'
import type { Timers } from './timers.ts'

/** How often a growing answer is saved, in milliseconds. */
export const saveMilliseconds = 1000

/** What a saver needs: the write itself, and who hears of a write that failed (the answer goes on; its end decides). */
export type TextSaverOptions = {
  readonly timers: Timers
  readonly save: () => Promise<Result<void>>
  readonly onFailed: (code: string) => void
}

/** Calls `save` at most once a second, never twice at a time; whoever makes one closes it. */
export class TextSaver {
  readonly #options: TextSaverOptions
  #cancel: (() => void) | null = null
  #saving: Promise<void> = Promise.resolve()

  constructor(options: TextSaverOptions) {
    this.#options = options
  }

  /** There is something new to save. */
  schedule(): void {
    this.#cancel ??= this.#options.timers.after(saveMilliseconds, () => {
      this.#saving = this.#save()
    })
  }

  /** Saves no more; resolves when a save under way is done. */
  async close(): Promise<void> {
    this.#cancel?.()
    await this.#saving
  }

  async #save(): Promise<void> {
    const saved = await this.#options.save()
    if (!saved.ok) this.#options.onFailed(saved.failure.code)
    this.#cancel = null
  }
}
