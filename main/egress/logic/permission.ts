// Whether a public request may leave at all, from nothing but its parts.
import type { FailureDetails } from '#contract/failures.ts'
import type { EgressPurpose } from '#contract/ledger.ts'

/** The parts of a parsed address that matter here (a `URL` has them all). `host` names the port unless it is the default. */
export type AddressParts = {
  readonly protocol: string
  readonly username: string
  readonly password: string
  readonly host: string
  readonly hostname: string
  readonly pathname: string
  readonly search: string
}

/** Why a request may not leave. */
export type PermissionRefusal = FailureDetails['egress-refused']['reason']

/** How many redirects a download may take before it is refused. */
export const redirectLimit = 5

/** Characters of path and query a public address may have; a longer one could smuggle content. */
export const addressLimit = 4096

const loopbackNames: readonly string[] = ['localhost', '127.0.0.1', '[::1]']

/** True for the three spellings of this computer that plain http is allowed to. */
export function isLoopbackName(hostname: string): boolean {
  return loopbackNames.includes(hostname)
}

/**
 * The first reason why this request is refused, or null. `address` is null when it does not parse; `hosts` is the
 * purpose's allow-list, exact host names with a port unless it is the default; an empty list closes the purpose.
 */
export function permissionRefusal(request: {
  readonly purpose: EgressPurpose
  readonly method: string
  readonly address: AddressParts | null
  readonly hosts: readonly string[]
}): PermissionRefusal | null {
  const { purpose, method, address, hosts } = request
  if (purpose === 'content' || hosts.length === 0) return 'purpose'
  if (method !== 'GET' && method !== 'HEAD') return 'method'
  return addressRefusal(address, hosts)
}

/**
 * The first reason why a redirect is not followed, or null: it must fit the same allow-list, must not leave https, and
 * `hop` (1 for the first redirect) must be within the limit.
 */
export function redirectRefusal(
  from: AddressParts,
  to: AddressParts | null,
  hosts: readonly string[],
  hop: number,
): PermissionRefusal | null {
  const downgrade = from.protocol === 'https:' && to?.protocol !== 'https:'
  return hop > redirectLimit || downgrade || addressRefusal(to, hosts) !== null ? 'redirect' : null
}

/** The first reason why content may not go to this address under a grant for `host`, or null. */
export function contentRefusal(address: AddressParts | null, host: string): PermissionRefusal | null {
  return addressRefusal(address, [host])
}

/**
 * How an address is written into the ledger: without user name and fragment. The query of a redirect is only counted,
 * because a storage host signs it; the query of an address of our own is written in full.
 */
export function destinationOf(address: AddressParts | null, hop: number): string {
  if (address === null) return 'not an address'
  const query = hop === 0 || address.search === '' ? address.search : `?(${address.search.length - 1} characters)`
  return `${address.protocol}//${address.host}${address.pathname}${query}`.slice(0, addressLimit)
}

function addressRefusal(address: AddressParts | null, hosts: readonly string[]): PermissionRefusal | null {
  if (address === null || address.username !== '' || address.password !== '') return 'address'
  if (address.pathname.length + address.search.length > addressLimit) return 'address'
  const plainLoopback = address.protocol === 'http:' && isLoopbackName(address.hostname)
  if (address.protocol !== 'https:' && !plainLoopback) return 'scheme'
  return hosts.includes(address.host) ? null : 'host'
}
