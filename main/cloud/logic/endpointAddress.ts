// Whether an address a person gives can be an endpoint.

/** The parts of a parsed address that matter here (a `URL` has them all). */
export type EndpointParts = {
  readonly protocol: string
  readonly hostname: string
  readonly username: string
  readonly password: string
  readonly search: string
  readonly hash: string
}

/** What is wrong with an endpoint's address, or null: https, or http on this computer for private endpoints. */
export function endpointIssue(address: EndpointParts | null, kind: string): 'address' | 'scheme' | null {
  if (address === null || address.hostname === '') return 'address'
  const { username, password, search, hash, protocol } = address
  if (username !== '' || password !== '' || search !== '' || hash !== '') return 'address'
  if (protocol === 'https:') return null
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(address.hostname)
  return protocol === 'http:' && loopback && kind === 'private' ? null : 'scheme'
}
