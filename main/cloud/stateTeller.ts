// Tells every window how it stands with the cloud, in the order in which it came about.
import type { CloudState } from '#contract/cloud.ts'
import type { Announce } from '#contract/index.ts'
import type { Result } from '#contract/result.ts'

type StateTellerDeps = { readonly state: () => Promise<Result<CloudState>>; readonly announce: Announce }

/** One telling after the other, each of what is so when its turn comes: what is told last is how it is. */
export class StateTeller {
  readonly #deps: StateTellerDeps
  #told = ''
  #telling: Promise<void> = Promise.resolve()

  constructor(deps: StateTellerDeps) {
    this.#deps = deps
  }

  /** Announces `cloud.changed`; with `onlyNews` not if that is what was announced last. Never rejects. */
  tell({ onlyNews = false } = {}): Promise<void> {
    this.#telling = this.#telling.then(() => this.#say(onlyNews)).catch(() => undefined)
    return this.#telling
  }

  async #say(onlyNews: boolean): Promise<void> {
    const state = await this.#deps.state()
    if (!state.ok) return
    const said = JSON.stringify(state.value)
    if (onlyNews && said === this.#told) return
    this.#told = said
    this.#deps.announce('cloud.changed', state.value)
  }
}
