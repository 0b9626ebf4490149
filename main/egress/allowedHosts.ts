// The allow-list in force: the public hosts, or the mirror that a setting or the organisation named.
import type { EgressPurpose } from '#contract/ledger.ts'
import { hostsFor } from './logic/purposes.ts'

/**
 * Exact hosts (with port unless it is the default) that `purpose` may reach now. `modelMirror` is the setting's value,
 * empty for none; a mirror replaces the public hosts, and one that does not parse leaves none.
 */
export function allowedHosts(
  purpose: EgressPurpose,
  options: { readonly modelMirror: string; readonly modelDownload: 'on' | 'off' },
): readonly string[] {
  const mirror = options.modelMirror === '' ? null : URL.parse(options.modelMirror)
  const unusable = options.modelMirror !== '' && mirror === null
  return hostsFor(purpose, {
    mirrorHost: mirror?.host ?? null,
    modelDownload: unusable ? 'off' : options.modelDownload,
  })
}
