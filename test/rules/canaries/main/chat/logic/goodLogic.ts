// Good: the rules must let this pass.
import type { ChatText } from '#contract/chat.ts'
import { result } from '#contract/result.ts'

/** Contract types, and values where no schema comes along. */
export const text: ChatText = result
