// Good: the rules must let this pass.
import type { ChatText } from '#contract/chat.ts'
import { result } from '#contract/result.ts'
import { words } from '../../text/logic/words.ts'

/** Contract types, values where no schema comes along, and how text is read. */
export const text: ChatText = result + words
