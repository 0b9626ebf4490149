// A schema bundled into the window.
import '#contract/chat.ts'
// canary: deps renderer-takes-the-contract-as-types
