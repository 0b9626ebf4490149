// The contract knows main.
import type {} from '../../main/host.ts'
// canary: deps contract-is-a-leaf
