// Node’s own driver would write in the clear.
import 'node:sqlite'
// canary: deps database-driver-only-in-storage
