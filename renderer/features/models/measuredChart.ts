// The bars of the measured models: lengths in hundredths of the longest, and which is best.
import type { Measurement } from '#contract/machine.ts'

/** One model's bar: `share` 0 to 100 of the fastest; null where the speed could not be told. */
export type SpeedBar = {
  readonly measurement: Measurement
  readonly share: number | null
  /** Facts kept of facts asked for, 0 to 100; null where there were none. */
  readonly kept: number | null
}

/** Bars in the order given, against the fastest writer. */
export function speedBars(measurements: readonly Measurement[]): readonly SpeedBar[] {
  const fastest = Math.max(0, ...measurements.map(({ writeTokensPerSecond }) => writeTokensPerSecond ?? 0))
  return measurements.map((measurement) => {
    const { writeTokensPerSecond: speed, quality } = measurement
    return {
      measurement,
      share: speed === null || fastest === 0 ? null : Math.max(1, Math.round((speed / fastest) * 100)),
      kept: quality.facts === 0 ? null : Math.round((quality.kept / quality.facts) * 100),
    }
  })
}
