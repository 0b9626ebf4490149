// Logic does no I/O.
import 'node:fs'
// canary: deps logic-is-pure
