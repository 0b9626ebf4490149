// Who decides a setting's value: the order of precedence, and nothing else.
import type { Setting } from '#contract/setting.ts'

/** What each source says; undefined where it says nothing. `fallback` is the default. */
export type SettingLayers<T> = {
  readonly policy: { readonly value: T; readonly reason: string | null; readonly contact: string | null } | undefined
  readonly environment: { readonly value: T; readonly reason: string } | undefined
  readonly person: T | undefined
  readonly recommended: T | undefined
  readonly fallback: T
}

/** Policy before environment before person before recommendation before default; the first two lock. */
export function resolveSetting<T>(layers: SettingLayers<T>): Setting<T> {
  const { policy, environment, person, recommended, fallback } = layers
  if (policy !== undefined) return { source: 'policy', locked: true, ...policy }
  if (environment !== undefined) return { source: 'environment', locked: true, contact: null, ...environment }
  const open = { locked: false, reason: null, contact: null }
  if (person !== undefined) return { value: person, source: 'person', ...open }
  if (recommended !== undefined) return { value: recommended, source: 'recommended', ...open }
  return { value: fallback, source: 'default', ...open }
}

/** True when SOTTO_LOCAL_ONLY closes the way out: by any value but the ones that plainly say no. */
export function closesByEnvironment(value: string | undefined): boolean {
  return !['', '0', 'false', 'no', 'off'].includes((value ?? '').trim().toLowerCase())
}
