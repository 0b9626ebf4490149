// Which passage became which, while it is being found out: every passage is in one match at most.

/** One passage became another; `moved` when it left its order. */
export type Match = { readonly a: number; readonly b: number; readonly moved: boolean }

/** What is free between two neighbouring matches that stayed in order. */
export type Gap = { readonly a: readonly number[]; readonly b: readonly number[] }

/** Matches of `before` passages of one document with `after` of the other. */
export class MatchTable {
  readonly #forward: Int32Array
  readonly #back: Int32Array
  readonly #moved: Uint8Array

  constructor(before: number, after: number) {
    this.#forward = new Int32Array(before).fill(-1)
    this.#back = new Int32Array(after).fill(-1)
    this.#moved = new Uint8Array(before)
  }

  /** Joins two free passages; false, and nothing done, where one is outside or taken. */
  join(a: number, b: number, moved: boolean): boolean {
    if (this.#forward[a] !== -1 || this.#back[b] !== -1) return false
    this.#forward[a] = b
    this.#back[b] = a
    this.#moved[a] = moved ? 1 : 0
    return true
  }

  isFreeBefore(a: number): boolean {
    return this.#forward[a] === -1
  }

  isFreeAfter(b: number): boolean {
    return this.#back[b] === -1
  }

  /** Every match, by its place in the document before. */
  matches(): Match[] {
    return Array.from(this.#forward, (b, a) => ({ a, b, moved: this.#moved[a] === 1 })).filter(({ b }) => b >= 0)
  }

  /** The matches that stayed in order, with one before the first and one after the last passages. */
  spine(): { readonly a: number; readonly b: number }[] {
    const kept = this.matches().filter(({ moved }) => !moved)
    return [{ a: -1, b: -1 }, ...kept, { a: this.#forward.length, b: this.#back.length }]
  }

  /** Where both sides have something free between two matches of the spine. */
  gaps(): Gap[] {
    const gaps: Gap[] = []
    let [lastA, lastB] = [-1, -1]
    const close = (nextA: number, nextB: number): void => {
      // Most neighbours have nothing between them: those of a long document are passed without making anything.
      if (nextA - lastA > 1 && nextB - lastB > 1) {
        const a = between(lastA, nextA).filter((each) => this.isFreeBefore(each))
        const b = between(lastB, nextB).filter((each) => this.isFreeAfter(each))
        if (a.length > 0 && b.length > 0) gaps.push({ a, b })
      }
      ;[lastA, lastB] = [nextA, nextB]
    }
    this.#forward.forEach((b, a) => {
      if (b >= 0 && this.#moved[a] === 0) close(a, b)
    })
    close(this.#forward.length, this.#back.length)
    return gaps
  }
}

function between(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from - 1) }, (_, at) => from + 1 + at)
}
