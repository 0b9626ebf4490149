// Logic of a room within a room does no I/O either.
import 'node:fs'
// canary: deps logic-is-pure
