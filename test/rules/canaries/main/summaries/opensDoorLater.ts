// Summaries open the door, late.
await import('../egress/egressGate.ts')
// canary: deps the-door-has-two-users
