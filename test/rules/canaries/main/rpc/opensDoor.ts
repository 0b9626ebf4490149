// The wire knows the door as a type.
import type {} from '../egress/egressGate.ts'
// canary: deps the-door-has-two-users
