// The cloud knows neither chat nor summaries, not even as a type.
import type {} from '../chat/chatService.ts'
// canary: deps no-looking-up-to-chat-summaries-questions-comparisons-diagnostics
