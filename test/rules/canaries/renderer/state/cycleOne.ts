// Half of a cycle.
import './cycleTwo.ts'
// canary: deps no-cycles-at-run-time-in-the-window
