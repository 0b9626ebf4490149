// verbatimModuleSyntax
import { ParameterProperty2 } from './shape.ts'

/** A type imported as a value. */
export type Mine = ParameterProperty2
// canary: types TS1484
