// A lower floor looks up.
import '../summaries/summaryService.ts'
// canary: deps no-looking-up-to-chat-summaries-questions-comparisons-diagnostics
