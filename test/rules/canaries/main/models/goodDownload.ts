// Good: the rules must let this pass.
import { egressGate } from '../egress/egressGate.ts'

/** Models may use the door. */
export const door = egressGate
