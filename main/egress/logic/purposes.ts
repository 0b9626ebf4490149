// Which hosts each purpose may reach. This list is the whole reach of public requests; the README names it for firewalls.
import type { EgressPurpose } from '#contract/ledger.ts'

// As the Hub lists them for firewalls in https://huggingface.co/.well-known/meta.json (`lfsDomains` and `cdnDomains`, seen
// in November 2026), less the hosts of the chunked Xet protocol, which a plain download is never redirected to.
const modelHosts: readonly string[] = [
  'huggingface.co',
  'aws.cdn.hf.co',
  'us.aws.cdn.hf.co',
  'us-east-1.aws.cdn.hf.co',
  'us-west-2.aws.cdn.hf.co',
  'eu-west-3.aws.cdn.hf.co',
  'ap-southeast-1.aws.cdn.hf.co',
  'us.gcp.cdn.hf.co',
  'us-east1.us.gcp.cdn.hf.co',
  'us-central1.us.gcp.cdn.hf.co',
  'us-west4.us.gcp.cdn.hf.co',
  'europe-west4.us.gcp.cdn.hf.co',
  'asia-southeast1.us.gcp.cdn.hf.co',
  'transfer.xethub.hf.co',
  'transfer.xethub-eu.hf.co',
  'cdn-lfs.hf.co',
  'cdn-lfs-us-1.hf.co',
  'cdn-lfs-eu-1.hf.co',
]

/** Hosts by purpose when nobody set anything. Content has none: it needs a grant, not a list. */
export const publicHosts: Readonly<Record<EgressPurpose, readonly string[]>> = {
  'model-download': modelHosts,
  'model-header': modelHosts,
  'provider-models': ['api.anthropic.com'],
  update: [],
  content: [],
}

/** True for purposes whose hosts hand large files to storage hosts by redirect. */
export function followsRedirects(purpose: EgressPurpose): boolean {
  return purpose === 'model-download' || purpose === 'model-header'
}

/**
 * The hosts a purpose may reach: with a mirror (its host, with port unless default) models come from there alone, and
 * an organisation that turned downloads off leaves no host at all.
 */
export function hostsFor(
  purpose: EgressPurpose,
  options: { readonly mirrorHost: string | null; readonly modelDownload: 'on' | 'off' },
): readonly string[] {
  if (!followsRedirects(purpose)) return publicHosts[purpose]
  if (options.modelDownload === 'off') return []
  return options.mirrorHost === null ? publicHosts[purpose] : [options.mirrorHost]
}
