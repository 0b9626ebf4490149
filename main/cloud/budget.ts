// The month's budget: what was spent, and what requests under way may still cost; nobody passes it, not even together.
import type { Failure } from '#contract/failures.ts'
import { failureOf, ok, type Result } from '#contract/result.ts'

type BudgetDeps = {
  /** The hard stop in dollars; 0: none. */
  readonly limitUsd: () => number
  /** Dollars written down this month. */
  readonly spentUsd: () => Promise<Result<number>>
}

/** A request whose price is held back. `settle` writes down what it cost and gives back the rest; `release` all of it. */
export type Reservation = { settle<T>(write: () => Promise<T>): Promise<T>; release(): void }

/** A request as the budget looks at it; `usd` is what it costs at most, null when no price is known. */
export type Priced = { readonly usd: number | null; readonly inside: boolean; readonly model: string }

/** Asks and reserves one after the other, so that no two see the same free money. In memory: a crash reserves nothing. */
export class Budget {
  readonly #deps: BudgetDeps
  readonly #reserved = new Map<symbol, number>()
  #turn: Promise<unknown> = Promise.resolve()

  constructor(deps: BudgetDeps) {
    this.#deps = deps
  }

  /** Why a request of this price would not fit, or null. Failures of the outer result: the storage's. */
  obstacle(request: Priced): Promise<Result<Failure | null>> {
    return this.#inTurn(() => this.#obstacle(request))
  }

  /** Holds back what a request costs at most. Failures: `cloud-budget-reached`, `cloud-price-unknown`, the storage's. */
  reserve(request: Priced): Promise<Result<Reservation>> {
    return this.#inTurn(async () => {
      const obstacle = await this.#obstacle(request)
      if (!obstacle.ok) return obstacle
      if (obstacle.value !== null) return { ok: false, failure: obstacle.value }
      const key = Symbol('reservation')
      this.#reserved.set(key, request.usd ?? 0)
      return ok({ settle: (write) => this.#settle(key, write), release: () => void this.#reserved.delete(key) })
    })
  }

  /** What it cost is written down and the rest given back in one turn: nobody counts it twice, or not at all. */
  #settle<T>(key: symbol, write: () => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      try {
        return await write()
      } finally {
        this.#reserved.delete(key)
      }
    })
  }

  async #obstacle({ usd, inside, model }: Priced): Promise<Result<Failure | null>> {
    const limitUsd = this.#deps.limitUsd()
    if (limitUsd === 0 || inside) return ok(null)
    if (usd === null) return ok(failureOf('cloud-price-unknown', { model }))
    const spent = await this.#deps.spentUsd()
    if (!spent.ok) return spent
    const taken = [...this.#reserved.values()].reduce((sum, each) => sum + each, spent.value)
    const spentUsd = Math.round(taken * 10_000) / 10_000
    return ok(taken + usd > limitUsd ? failureOf('cloud-budget-reached', { limitUsd, spentUsd }) : null)
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => undefined)
    return done
  }
}
