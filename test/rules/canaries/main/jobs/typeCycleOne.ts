// A cycle of types is a cycle.
import type {} from './typeCycleTwo.ts'
// canary: deps no-cycles
