// Chat opens the door by itself.
import '../egress/egressGate.ts'
// canary: deps the-door-has-two-users
