// Redaction opens the door.
import '../../egress/egressGate.ts'
// canary: deps redaction-never-leaves
