// The contract takes zod only.
import 'node:crypto'
// canary: deps contract-is-a-leaf
