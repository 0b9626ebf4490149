// A name looked up is a name told.
await import('node:dns/promises')
// canary: deps network-only-at-the-door
