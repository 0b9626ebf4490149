// Logic takes no schema.
import '#contract/chat.ts'
// canary: deps logic-takes-the-contract-as-types
