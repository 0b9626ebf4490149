// Half of a cycle.
import './cycleTwo.ts'
// canary: deps no-cycles
