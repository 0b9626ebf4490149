// What a bench is: one question about speed or memory, answered with figures, some of them with a pass mark.

/** What a value is counted in; a ratio has no unit, and a sum of tokens is exact. */
export type Unit = 'ratio' | 'ms' | 'tokens' | 'tokens/s' | 'pages/s' | 'MiB' | 'count'

/** A pass mark. */
export type Mark = { readonly kind: 'at-least' | 'at-most'; readonly value: number }

/** One measured value: the median of `rounds`, with the least and the greatest seen. */
export type Figure = {
  readonly name: string
  readonly unit: Unit
  readonly value: number
  readonly least: number
  readonly greatest: number
  readonly rounds: number
  readonly mark?: Mark
}

/** What a bar came to, or why this machine cannot tell. */
export type BarOutcome = { readonly figures: readonly Figure[] } | { readonly skipped: string }

/** How a bar is asked to run: `rounds` at least, and a line to say while it does. */
export type BarConditions = { readonly rounds: number; readonly say: (line: string) => void }

/** One bench: a file `test/bench/bars/NAME.ts` exports it as `bar`. `how` says in words what is compared with what. */
export type Bar = {
  readonly title: string
  readonly how: string
  run(conditions: BarConditions): Promise<BarOutcome>
}

/** A bar that has run: when, for how long, and how busy the machine was before (load average of a minute). */
export type BarResult = {
  readonly name: string
  readonly title: string
  readonly how: string
  readonly date: string
  readonly seconds: number
  readonly loadBefore: number
  readonly outcome: BarOutcome
}

/** The machine in the words that matter to speed; nothing that names it. Memory in GiB. */
export type BenchMachine = {
  readonly system: string
  readonly cores: number
  readonly memory: number
  readonly vectors: string
  readonly node: string
  readonly engine: string
}

/** What is written to a file: the latest result of every bar. */
export type BenchReport = { readonly machine: BenchMachine; readonly results: readonly BarResult[] }
