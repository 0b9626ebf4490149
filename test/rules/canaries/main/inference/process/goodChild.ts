// Good: the rules must let this pass.
import type {} from '../localGenerator.ts'
