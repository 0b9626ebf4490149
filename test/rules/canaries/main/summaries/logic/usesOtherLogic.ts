// Logic knows its own room only.
import '../../chat/logic/goodLogic.ts'
// canary: deps logic-is-pure
