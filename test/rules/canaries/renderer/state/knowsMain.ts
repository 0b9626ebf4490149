// A window knows main.
import type {} from '../../main/host.ts'
// canary: deps renderer-sees-only-the-boundary
