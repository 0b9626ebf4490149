// Speed and time left of a download, from the last seconds of it.

/** Bytes received at a moment, in milliseconds of any clock that only goes forward. */
export type RateSample = { readonly at: number; readonly bytes: number }

const windowMs = 5000

/** The samples with a new one; those older than five seconds go, but for the newest of them. */
export function withSample(samples: readonly RateSample[], sample: RateSample): readonly RateSample[] {
  const first = samples.findLastIndex(({ at }) => at <= sample.at - windowMs)
  return [...samples.slice(Math.max(0, first)), sample]
}

/** Bytes per second and seconds left; null before half a second has passed, or when nothing comes. */
export function rateOf(
  samples: readonly RateSample[],
  totalBytes: number | null,
): { readonly bytesPerSecond: number | null; readonly secondsLeft: number | null } {
  const [first] = samples
  const last = samples.at(-1)
  if (first === undefined || last === undefined || last.at - first.at < 500) {
    return { bytesPerSecond: null, secondsLeft: null }
  }
  const bytesPerSecond = Math.round(((last.bytes - first.bytes) / (last.at - first.at)) * 1000)
  const known = bytesPerSecond > 0 && totalBytes !== null
  return { bytesPerSecond, secondsLeft: known ? Math.ceil((totalBytes - last.bytes) / bytesPerSecond) : null }
}
