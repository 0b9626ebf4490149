// The boundary knows main.
import type {} from '../main/host.ts'
// canary: deps preload-is-thin
