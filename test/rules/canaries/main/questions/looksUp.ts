// What is asked knows nothing of how it is exported.
import '../exports/exportService.ts'
// canary: deps no-looking-up-to-exports
