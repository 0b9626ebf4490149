// Good: a slice may name the whole type.
import type {} from './goodState.ts'
