// Logic knows no adapter.
import '../adapter.ts'
// canary: deps logic-is-pure
